//! The doctor on folders of its own.

use tempfile::TempDir;

use super::*;
use crate::clock::Clock;
use crate::config::Source;
use crate::http::home::tests::PROGRAM;

fn subject<'a>(folder: &TempDir, values: &[(&str, &str)]) -> Subject<'a> {
    Subject::new(&PROGRAM, folder.path(), Source::of_file(values), Clock::system())
}

fn row(rows: &[Row], name: &str) -> Row {
    rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{name} in {rows:?}")).clone()
}

#[test]
fn what_is_safe_is_mended_and_well_afterwards() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("data")).unwrap();
    for (name, mode) in [("data/secret_key", 0o644), (".env", 0o644), ("start-prod.sh", 0o644)] {
        std::fs::write(path(name), "x").unwrap();
        modes::set_mode(&path(name), mode).unwrap();
    }
    std::fs::create_dir(path("backups")).unwrap();
    modes::set_mode(&path("backups"), 0o755).unwrap();
    std::fs::create_dir(path("media")).unwrap();
    modes::set_mode(&path("media"), 0o777).unwrap();

    let before = examine(&subject(&folder, &[])).unwrap();
    for name in [
        "STATIC_ROOT",
        "LOG_DIR",
        "BACKUP_DIR",
        "MEDIA_ROOT",
        "secret_key",
        ".env",
        "start-prod.sh",
    ] {
        let bad = before.iter().find(|row| row.name == name && row.fix.is_some());
        assert!(bad.is_some_and(|row| row.state == State::Warning), "{name} in {before:?}");
    }
    let mended = mend(&before);
    assert_eq!(mended.len(), 7, "{mended:?}");
    assert!(mended.iter().all(|did| !did.starts_with("could not")), "{mended:?}");
    assert_eq!(modes::mode(&path("data/secret_key")), Some(0o600));
    assert_eq!(modes::mode(&path(".env")), Some(0o600));
    assert_eq!(modes::mode(&path("start-prod.sh")), Some(0o755));
    assert_eq!(modes::mode(&path("backups")), Some(0o750));
    let after = examine(&subject(&folder, &[])).unwrap();
    assert!(after.iter().all(|row| row.fix.is_none()), "{after:?}");
}

#[test]
fn examining_changes_nothing() {
    let folder = TempDir::new().unwrap();
    examine(&subject(&folder, &[])).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn settings_that_cannot_be_used_are_rows_and_services_wait() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(".env"), "").unwrap();
    let rows = examine(&subject(&folder, &[("TIME_ZONE", "Lima"), ("REDIS_URL", "")])).unwrap();
    assert_eq!(row(&rows, "TIME_ZONE").state, State::Error);
    assert_eq!(row(&rows, "database, Redis").state, State::Error);
    let file = rows.iter().find(|row| row.name == ".env" && row.area == "Settings").unwrap();
    assert!(file.state == State::Warning && file.detail.contains("REDIS_URL"), "{file:?}");
}

#[test]
fn services_are_told_apart() {
    let folder = TempDir::new().unwrap();
    let rows = examine(&subject(&folder, &[])).unwrap();
    assert_eq!(row(&rows, "migrations").state, State::Warning);
    assert!(row(&rows, "Redis").detail.starts_with("none"));
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let redis = format!("redis://127.0.0.1:{port}/0");
    let url = format!("mysql://u:TopSecret@127.0.0.1:{port}/none");
    let rows =
        examine(&subject(&folder, &[("REDIS_URL", &redis), ("DATABASE_URL", &url)])).unwrap();
    assert_eq!(row(&rows, "Redis").state, State::Error);
    assert_eq!(row(&rows, "database").state, State::Error);
    assert!(!text(&rows, false).contains("TopSecret"));
    assert_eq!(json(&rows, &[])["ok"], false);
}

#[test]
fn the_text_has_columns_and_colours_only_when_asked() {
    let rows = [
        Row::ok("Machine", "disk", "enough"),
        Row::ok("Settings", "TIME_ZONE", "wrong").bad(State::Error, "mend it"),
    ];
    assert_eq!(
        text(&rows, false),
        "Machine\n  ok       disk       enough\n\nSettings\n  error    TIME_ZONE  wrong\n                      -> mend it\n\
         \n1 well, 0 warning(s), 1 error(s)"
    );
    assert!(text(&rows, true).contains("\u{1b}[31merror"));
}
