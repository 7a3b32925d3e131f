//! `check`, `validate`, `doctor` and `status` as an operator runs them: forms and exit codes.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::support::text;

fn manage(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_manage"));
    command.args(arguments).current_dir(folder).env_clear().envs(settings.iter().copied());
    command.stdin(Stdio::null()).output().unwrap()
}

fn json(output: &Output) -> Json {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn has(report: &Json, id: &str) -> bool {
    report["issues"].as_array().unwrap().iter().any(|issue| issue["id"] == id)
}

#[test]
fn a_new_folder_has_no_issues_and_looking_leaves_it_empty() {
    let folder = TempDir::new().unwrap();
    for name in ["check", "validate"] {
        let seen = manage(folder.path(), &[], &[name]);
        assert_eq!(seen.status.code(), Some(0));
        assert_eq!(text(&seen.stdout), "System check identified no issues (0 silenced).\n");
        assert!(seen.stderr.is_empty());
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn settings_that_cannot_be_used_are_errors_with_ids_and_exit_1() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(".env"), "TIME_ZONE=Lima\n=broken line\n").unwrap();
    let seen = manage(folder.path(), &[], &["check"]);
    assert_eq!(seen.status.code(), Some(1));
    let told = text(&seen.stdout);
    assert!(told.starts_with("System check identified some issues:\n\nERRORS:\n"), "{told}");
    assert!(told.contains("\nTIME_ZONE: (config.E008) "), "{told}");
    assert!(told.contains("\n.env: (config.E001) "), "{told}");
    assert!(told.contains("\n\tHINT: For example TIME_ZONE=America/Lima\n"), "{told}");
    assert!(told.ends_with("System check identified 2 issues (0 silenced).\n"), "{told}");
    assert_eq!(text(&seen.stderr).lines().count(), 1);
}

#[test]
fn the_deployment_list_is_asked_for_and_the_level_decides() {
    let folder = TempDir::new().unwrap();
    let plain = manage(folder.path(), &[], &["check", "--json"]);
    assert!(!has(&json(&plain), "security.W018"));
    let security = ["check", "--deploy", "--tag", "security", "--json"];
    let seen = manage(folder.path(), &[], &security);
    assert_eq!(seen.status.code(), Some(0), "warnings do not fail");
    for id in ["security.W004", "security.W008", "security.W012", "security.W018", "security.W020"]
    {
        assert!(has(&json(&seen), id), "{id}");
    }
    let strict = [&security[..], &["--fail-level", "warning"]].concat();
    assert_eq!(manage(folder.path(), &[], &strict).status.code(), Some(1));
    let silenced = [("SILENCED_SYSTEM_CHECKS", "security.W018, security.W004")];
    let seen = json(&manage(folder.path(), &silenced, &security));
    assert_eq!(seen["silenced"], 2);
    assert!(!has(&seen, "security.W018"));
}

#[test]
fn the_environment_overrules_the_file_and_that_is_told() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(".env"), "LOG_LEVEL=info\nLOG_FORMAT=text\n").unwrap();
    let settings = [("LOG_LEVEL", "debug"), ("LOG_FORMAT", "text")];
    let seen = manage(folder.path(), &settings, &["check", "--deploy", "--json"]);
    let told = text(&seen.stdout);
    assert_eq!(told.matches("config.W004").count(), 1, "{told}");
}

#[test]
fn wrong_words_are_refused() {
    let folder = TempDir::new().unwrap();
    let code = |arguments: &[&str]| manage(folder.path(), &[], arguments).status.code();
    assert_eq!(code(&["check", "--database", "other"]), Some(2));
    assert_eq!(code(&["check", "--fail-level", "loud"]), Some(2));
    let seen = manage(folder.path(), &[], &["check", "--tag", "colours"]);
    assert_eq!(seen.status.code(), Some(1));
    assert!(text(&seen.stderr).contains("no system check with the \"colours\" tag"));
    let seen = manage(folder.path(), &[], &["check", "nowhere"]);
    assert!(text(&seen.stderr).contains("no module is called \"nowhere\""));
    let tags = text(&manage(folder.path(), &[], &["check", "--list-tags"]).stdout);
    assert!(tags.lines().any(|tag| tag == "security") && tags.lines().count() == 10, "{tags}");
}

#[test]
fn a_migrated_database_passes_and_its_modules_speak() {
    let folder = TempDir::new().unwrap();
    let asked = ["check", "--database", "default", "--deploy", "--tag", "data", "--tag", "models"];
    let before = manage(folder.path(), &[], &asked);
    assert!(text(&before.stdout).contains("database.E003"));
    assert_eq!(manage(folder.path(), &[], &["migrate"]).status.code(), Some(0));
    let after = text(&manage(folder.path(), &[], &asked).stdout);
    assert!(!after.contains("database."), "{after}");
    assert!(after.contains("users: (profiles.W002)") && after.contains("(locations.W001)"));
    let one = text(&manage(folder.path(), &[], &["check", "--deploy", "locations"]).stdout);
    assert!(one.contains("locations.W001") && !one.contains("profiles."), "{one}");
}

#[test]
fn the_doctor_mends_what_is_safe() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(".env"), "DEBUG=True\nREDIS_URL=\n").unwrap();
    let seen = manage(folder.path(), &[], &["doctor"]);
    let told = text(&seen.stdout);
    for part in ["Machine\n", "Services\n", "Settings\n", "Folders and files\n", "REDIS_URL"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(!told.contains('\u{1b}'), "no colours in a pipe");
    assert!(!folder.path().join("media").exists());
    let seen = json(&manage(folder.path(), &[], &["doctor", "--fix", "--json"]));
    assert!(seen["fixed"].as_array().unwrap().len() >= 6, "{seen}");
    assert!(folder.path().join("media").is_dir());
    let mode = folder.path().join(".env").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let seen = json(&manage(folder.path(), &[], &["doctor", "--fix", "--json"]));
    assert_eq!(seen["fixed"], Json::Array(Vec::new()), "nothing is left to mend");
}

#[test]
fn the_doctor_ends_with_1_when_something_is_broken() {
    let folder = TempDir::new().unwrap();
    let seen = manage(folder.path(), &[("TIME_ZONE", "Lima")], &["doctor"]);
    assert_eq!(seen.status.code(), Some(1));
    assert!(text(&seen.stdout).contains("TIME_ZONE"));
    assert!(text(&seen.stderr).contains("error(s)"));
}

#[test]
fn the_status_is_one_screen() {
    let folder = TempDir::new().unwrap();
    assert_eq!(manage(folder.path(), &[], &["migrate"]).status.code(), Some(0));
    let seen = manage(folder.path(), &[], &["status"]);
    assert_eq!(seen.status.code(), Some(0));
    let told = text(&seen.stdout);
    for part in ["database", "redis", "migrations", "last backup", "errors, 24 h", "disk", "memory"]
    {
        assert!(told.contains(&format!("\n  {part} ")), "{part} in {told}");
    }
    let status = json(&manage(folder.path(), &[], &["status", "--json"]));
    assert_eq!(status["migrations"]["pending"], Json::Array(Vec::new()));
    let away = [("DATABASE_URL", "mysql://u:p@127.0.0.1:1/none")];
    assert_eq!(manage(folder.path(), &away, &["status"]).status.code(), Some(1));
}
