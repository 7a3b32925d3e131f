//! `dumpdata`, `loaddata` and `flush`, from the command line.

use std::io::Write;
use std::process::Stdio;

use tempfile::TempDir;

use super::dialogue::Dialogue;
use super::{fine, refusal};
use crate::support::{manage, output, text};

#[test]
fn a_dump_into_a_file_comes_back_through_a_pipe() {
    let folder = TempDir::new().unwrap();
    fine(folder.path(), &["migrate"]);
    fine(folder.path(), &["importubigeo"]);
    fine(folder.path(), &["dumpdata", "--output", "all.json"]);
    let kept = std::fs::read_to_string(folder.path().join("all.json")).unwrap();
    assert_eq!(fine(folder.path(), &["dumpdata"]), kept);
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(folder.path().join("all.json")).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o600, "hashes of passwords are its owner's alone");
    let some = fine(
        folder.path(),
        &["dumpdata", "locations", "-e", "locations.districts", "--indent", "2"],
    );
    assert!(
        some.starts_with("[\n{\n  \"model\": \"locations.country\",\n  \"pk\": 1,\n"),
        "{}",
        &some[..80]
    );
    assert!(!some.contains("locations.district\""));

    fine(folder.path(), &["flush", "--noinput"]);
    assert_ne!(fine(folder.path(), &["dumpdata"]), kept);
    let mut child = manage(folder.path(), &["loaddata", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(kept.as_bytes()).unwrap();
    let loaded = text(&child.wait_with_output().unwrap().stdout);
    let records = kept.lines().count() - 2;
    assert_eq!(loaded, format!("Installed {records} object(s) from 1 fixture(s)\n"));
    assert_eq!(fine(folder.path(), &["dumpdata"]), kept);
    assert!(
        refusal(&output(folder.path(), &["loaddata", "nowhere.json"]))
            .starts_with("nowhere.json: ")
    );
    assert!(
        refusal(&output(folder.path(), &["dumpdata", "billing"])).contains("no module 'billing'")
    );
    assert!(
        refusal(&output(folder.path(), &["dumpdata", "-o", "no/where.json"]))
            .contains("no/where.json")
    );
}

#[test]
fn flush_asks_for_the_whole_word_and_needs_a_yes_to_production() {
    let folder = TempDir::new().unwrap();
    fine(folder.path(), &["migrate"]);
    fine(folder.path(), &["importubigeo"]);
    let before = fine(folder.path(), &["dumpdata"]);
    let told = refusal(&output(folder.path(), &["flush"]));
    assert!(told.contains("input ended"), "{told}");
    let mut dialogue = Dialogue::start(folder.path(), "flush");
    dialogue.answer("Type 'yes' to continue, or 'no' to cancel: ", "y");
    let (told, code) = dialogue.end();
    assert!(told.contains("Flush cancelled.") && code == 0, "{told}");
    let production = |arguments: &[&str]| {
        manage(folder.path(), arguments)
            .envs([
                ("DEBUG", "False"),
                ("ALLOW_SQLITE", "True"),
                ("ALLOWED_HOSTS", "clinic.example"),
                ("SECRET_KEY", "a-key-for-this-test-only-0123456789-abcdefgh"),
            ])
            .output()
            .unwrap()
    };
    assert!(refusal(&production(&["flush", "--noinput"])).contains("--allow-production"));
    assert_eq!(fine(folder.path(), &["dumpdata"]), before);
    assert!(production(&["flush", "--noinput", "--allow-production"]).status.success());
    assert_ne!(fine(folder.path(), &["dumpdata"]), before);
}
