//! `test`: the built-in proof away from a checkout, and the suite through cargo inside one.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::{fine, refusal};
use crate::support::{manage, output, text};

#[test]
fn away_from_a_checkout_the_program_proves_itself_and_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let told = fine(folder.path(), &["test"]);
    let lines: Vec<&str> = told.lines().collect();
    let number: usize = lines[0].split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(number >= 12 && lines[0] == format!("Found {number} test(s)."), "{told}");
    assert!(lines.contains(&".".repeat(number).as_str()), "{told}");
    assert!(told.contains(&format!("\nRan {number} tests in ")) && lines.contains(&"OK"), "{told}");
    let data: Vec<_> = fs::read_dir(folder.path().join("data")).unwrap().collect();
    assert_eq!(data.len(), 1, "only the secret key: {data:?}");
    let some = fine(folder.path(), &["test", "therapists", "--verbosity=2", "--failfast"]);
    assert!(some.contains("a_therapist_is_registered_and_listed (therapists) ... ok"), "{some}");
    assert!(some.contains("Found 1 test(s)."), "{some}");
}

#[test]
fn a_kept_database_is_used_again() {
    let folder = TempDir::new().unwrap();
    for _ in 0..2 {
        let told = fine(folder.path(), &["test", "therapists", "--keepdb"]);
        assert!(
            told.contains("Preserving test database") && told.contains("Ran 1 test in"),
            "{told}"
        );
    }
    assert!(folder.path().join("data/test.sqlite3").exists());
}

#[test]
fn an_unknown_module_is_told_with_those_there_are() {
    let folder = TempDir::new().unwrap();
    let told = refusal(&output(folder.path(), &["test", "app_name"]));
    assert!(told.contains("no module 'app_name'; there are platform, locations, "), "{told}");
    assert_eq!(output(folder.path(), &["test", "--verbosity", "4"]).status.code(), Some(2));
}

#[test]
fn inside_a_checkout_cargo_runs_the_suite_and_its_exit_code_is_passed_on() {
    let folder = TempDir::new().unwrap();
    let deep = folder.path().join("crates/platform/src/manage");
    fs::create_dir_all(&deep).unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[workspace]\n").unwrap();
    let tools = folder.path().join("tools");
    fs::create_dir(&tools).unwrap();
    fs::write(
        tools.join("cargo"),
        "#!/bin/sh\necho \"$PWD: $*\"\necho \"$TEST_DATABASE_URL\"\nexit 7\n",
    )
    .unwrap();
    fs::set_permissions(tools.join("cargo"), fs::Permissions::from_mode(0o755)).unwrap();
    let run = |arguments: &[&str]| {
        let answer = manage(&deep, arguments)
            .env("PATH", &tools)
            .env("DATABASE_URL", "mysql://u:p@db.example:3306/clinic")
            .output()
            .unwrap();
        assert_eq!(answer.status.code(), Some(7), "{}", text(&answer.stderr));
        text(&answer.stdout)
    };
    let root = folder.path().canonicalize().unwrap().display().to_string();
    for (arguments, expected) in [
        (&["test"][..], "test --locked --no-fail-fast --workspace --"),
        (
            &["test", "patients", "-v", "2"],
            "test --locked --no-fail-fast --lib -- patients:: --show-output",
        ),
        (
            &["test", "patients.tests.create_patient", "--failfast", "-v", "0"],
            "test --locked --quiet --lib -- patients::tests::create_patient --quiet",
        ),
        (
            &["test", "platform", "-v3"],
            "test --locked --no-fail-fast --verbose --package platform -- --nocapture",
        ),
    ] {
        let said = run(arguments);
        assert_eq!(said, format!("{root}: {expected}\nmysql://u:p@db.example:3306/\n"));
    }
    let told = manage(&deep, &["test"]).env("PATH", "/nowhere").output().unwrap();
    assert!(refusal(&told).contains("--acceptance"));
}
