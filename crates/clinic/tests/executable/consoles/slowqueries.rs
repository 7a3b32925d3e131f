//! `slowqueries`: the list and its beginning anew.

use clinic::PROGRAM;
use platform::db::Engine;
use tempfile::TempDir;
use testkit::TestApp;

use super::{manage, told};

#[test]
fn slow_statements_are_listed_from_the_log_files() {
    let app = TestApp::start(PROGRAM);
    let folder = TempDir::new().unwrap();
    let logs = folder.path().join("logs");
    std::fs::create_dir(&logs).unwrap();
    let line = |second: u32, sql: &str, ms: u32| {
        format!(
            "2026-11-24T10:00:{second:02}.000001Z  WARN platform::db::slow: slow query sql=\"{sql}\" ms={ms} count=1\n"
        )
    };
    let text = [
        line(1, "SELECT a FROM t", 300),
        line(2, "SELECT b FROM t", 900),
        line(3, "SELECT a FROM t", 400),
    ]
    .concat();
    std::fs::write(logs.join("app.log.2026-11-24"), text).unwrap();
    let url = app.database_url();
    let settings = [("DATABASE_URL", url.as_str()), ("SLOW_QUERY_MS", "150")];
    let list = |arguments: &[&str]| told(&manage(folder.path(), &settings, arguments, ""));
    let (code, printed, complained) = list(&["slowqueries", "--limit", "1"]);
    assert_eq!((code, complained.as_str()), (0, ""));
    assert!(printed.starts_with("Statements slower than 150 ms in "), "{printed}");
    assert!(
        printed
            .contains("        1         900       900       900  SELECT b FROM t\n  … and 1 more"),
        "{printed}"
    );
    assert!(
        list(&["slowqueries"])
            .1
            .contains("        2         700       350       400  SELECT a FROM t\n")
    );
    assert_eq!(list(&["slowqueries", "--reset"]).0, 0);
    let after = list(&["slowqueries"]).1;
    assert!(after.lines().nth(1) == Some("  none"), "{after}");
    assert_eq!(after.contains("performance_schema"), app.engine() == Engine::Mysql);
}
