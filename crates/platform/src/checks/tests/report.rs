//! Forms of the outcome.

use crate::checks::{Finding, Level, Report};

fn finding(id: &str, level: Level, object: Option<&str>, hint: &str) -> Finding {
    Finding {
        id: id.into(),
        level,
        message: format!("What {id} says."),
        hint: hint.into(),
        object: object.map(str::to_owned),
    }
}

fn findings() -> Vec<Finding> {
    vec![
        finding("b.W002", Level::Warning, None, "Mend it."),
        finding("a.E001", Level::Error, Some("NAME"), ""),
        finding("a.W001", Level::Warning, None, ""),
    ]
}

#[test]
fn the_text_is_djangos() {
    let report = Report::new(findings(), &["a.W001".to_owned()]);
    assert_eq!(
        report.text(),
        "System check identified some issues:\n\nERRORS:\nNAME: (a.E001) What a.E001 says.\n\nWARNINGS:\n\
         ?: (b.W002) What b.W002 says.\n\tHINT: Mend it.\n\nSystem check identified 2 issues (1 silenced)."
    );
    assert_eq!(
        Report::new(Vec::new(), &[]).text(),
        "System check identified no issues (0 silenced)."
    );
    let one = Report::new(findings(), &["a.W001".to_owned(), "b.W002".to_owned()]);
    assert!(one.text().ends_with("identified 1 issue (2 silenced)."));
}

#[test]
fn the_level_decides_what_fails() {
    let report = Report::new(findings(), &[]);
    assert_eq!((report.at_least(Level::Critical), report.at_least(Level::Error)), (0, 1));
    assert_eq!((report.at_least(Level::Warning), report.at_least(Level::Debug)), (3, 3));
    assert_eq!(report.json(Level::Critical)["ok"], true);
    let json = report.json(Level::Error);
    assert_eq!((&json["ok"], &json["identified"]), (&false.into(), &3.into()));
    assert_eq!(json["issues"][0]["id"], "a.E001");
    assert_eq!(json["issues"][0]["object"], "NAME");
    assert_eq!(Level::parse("warning"), Some(Level::Warning));
    assert_eq!(Level::parse("loud"), None);
}
