//! The log files of a running server, and their removal.

use std::fs;

use super::{Server, done, refused};

fn read(path: std::path::PathBuf) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_server_writes_the_console_and_the_files_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let console = folder.path().join("console");
    let logs = folder.path().join("logs");
    fs::create_dir(&logs).unwrap();
    fs::write(logs.join("app.log"), "2026-01-02T10:00:00.000-05:00 INFO of an earlier day\n")
        .unwrap();
    let server = Server::start(
        folder.path(),
        &[("LOG_FORMAT", "json"), ("LOG_RETENTION_DAYS", "0")],
        &console,
    );
    assert_eq!(server.get("/health/").0, 200);
    server.stop();
    let app = read(logs.join("app.log"));
    assert_eq!(app, read(console), "console and file say the same");
    let lines: Vec<serde_json::Value> =
        app.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        lines.iter().any(|line| line["message"] == "stopping; requests in flight finish"),
        "{app}"
    );
    assert!(app.contains("/health/"), "one line a request: {app}");
    for line in &lines {
        let time = line["timestamp"].as_str().unwrap();
        assert!(
            time.ends_with("-05:00") && time.len() == "2026-11-23T10:00:00.000-05:00".len(),
            "{time}"
        );
    }
    assert!(read(logs.join("app.log.2026-01-02")).contains("of an earlier day"));
    assert_eq!(read(logs.join("error.log")), "", "no error happened");
}

#[test]
fn the_older_name_of_the_log_file_says_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(
        folder.path(),
        &[("LOG_FILE", "old/django.log")],
        &folder.path().join("console"),
    );
    server.get("/health/");
    server.stop();
    assert!(read(folder.path().join("old/app.log")).contains("/health/"));
}

#[test]
fn a_folder_that_cannot_be_written_is_a_warning_and_the_server_runs() {
    let folder = tempfile::tempdir().unwrap();
    let console = folder.path().join("console");
    fs::write(folder.path().join("file"), "").unwrap();
    let server = Server::start(folder.path(), &[("LOG_DIR", "file/logs")], &console);
    assert_eq!(server.get("/health/").0, 200);
    server.stop();
    let said = read(console);
    assert!(
        said.contains("Warning: log files cannot be written") && said.contains("LOG_DIR"),
        "{said}"
    );
    assert!(said.contains("/health/"), "lines go to the console: {said}");
}

#[test]
fn clearlogs_removes_old_files_of_ours_only_and_says_which() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(done(folder.path(), &[], &["clearlogs"]), "0 log files removed, 0 bytes\n");
    let logs = folder.path().join("logs");
    fs::create_dir(&logs).unwrap();
    for name in ["app.log", "app.log.2020-01-02", "error.log.2020-01-02", "nginx.log.2020-01-02"] {
        fs::write(logs.join(name), "12345").unwrap();
    }
    let dry = done(folder.path(), &[], &["clearlogs", "--dry-run"]);
    assert!(dry.contains("logs/app.log.2020-01-02 (5 bytes)"), "{dry}");
    assert!(dry.ends_with("2 log files would be removed, 10 bytes\n"), "{dry}");
    assert!(logs.join("app.log.2020-01-02").exists());
    let long = done(folder.path(), &[], &["clearlogs", "--days", "36500"]);
    assert_eq!(long, "0 log files removed, 0 bytes\n");
    let said = done(folder.path(), &[], &["clearlogs", "--days", "7"]);
    assert!(said.ends_with("2 log files removed, 10 bytes\n"), "{said}");
    let mut left: Vec<_> =
        fs::read_dir(&logs).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["app.log", "nginx.log.2020-01-02"]);
    fs::write(folder.path().join("file"), "").unwrap();
    let told = refused(folder.path(), &[("LOG_DIR", "file")], &["clearlogs"]);
    assert!(told.contains("file"), "{told}");
}
