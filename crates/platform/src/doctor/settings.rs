//! The settings: what `check` says of them, and `.env`.

use super::{Row, State};
use crate::checks::{self, Choice, Level, Subject};
use crate::error::Result;

const AREA: &str = "Settings";

pub(super) fn rows(subject: &Subject<'_>) -> Result<Vec<Row>> {
    let mut rows = vec![of_file(subject)];
    let report = checks::run(subject, &Choice::default())?;
    // The files have an area of their own.
    let findings = report.findings().iter().filter(|finding| !finding.id.starts_with("files."));
    for finding in findings.filter(|finding| finding.level >= Level::Warning) {
        let state = if finding.level >= Level::Error { State::Error } else { State::Warning };
        let name = finding.object.clone().unwrap_or_else(|| finding.id.clone());
        let detail = format!("({}) {}", finding.id, finding.message);
        rows.push(Row::ok(AREA, name, detail).bad(state, finding.hint.clone()));
    }
    if rows.len() == 1 && subject.config().is_some() {
        rows.push(Row::ok(AREA, "values", "all can be used (manage check --deploy asks for more)"));
    }
    Ok(rows)
}

fn of_file(subject: &Subject<'_>) -> Row {
    let blank: Vec<&str> =
        subject.source().in_file().filter(|line| line.is_blank).map(|line| line.name).collect();
    let path = subject.folder().join(".env");
    if !path.exists() {
        let row = Row::ok(AREA, ".env", "not there: the environment and defaults count");
        let is_development = subject.config().is_none_or(|config| config.debug);
        let remedy = "a production keeps its settings there: cp env.prod.example .env";
        return if is_development || subject.source().has("SECRET_KEY") {
            row
        } else {
            row.bad(State::Warning, remedy)
        };
    }
    if blank.is_empty() {
        return Row::ok(AREA, ".env", "there, every line with a value");
    }
    Row::ok(AREA, ".env", format!("without a value: {}", blank.join(", ")))
        .bad(State::Warning, "give them one, or take the lines out")
}
