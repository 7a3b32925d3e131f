//! `dbshell`: what the clients are given, and the prompt without one.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use clinic::PROGRAM;
use tempfile::TempDir;
use testkit::TestApp;

use super::{manage, told};

/// A client that tells what it was given.
fn fake_client(folder: &Path, name: &str) {
    let path = folder.join(name);
    let script = "#!/bin/sh\nPATH=/usr/bin:/bin\nprintf 'argument:%s\\n' \"$@\"\nenv\n\
        case \"$1\" in --defaults-extra-file=*) ls -l \"${1#*=}\"; cat \"${1#*=}\";; esac\nexit 7\n";
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_servers_client_gets_the_password_in_a_file_of_its_own() {
    let folder = TempDir::new().unwrap();
    fake_client(folder.path(), "mysql");
    let path = folder.path().to_str().unwrap();
    let settings = [
        ("PATH", path),
        ("TMPDIR", path),
        ("DATABASE_NAME", "clinic"),
        ("DATABASE_USER", "ana"),
        ("DATABASE_PASSWORD", "s3\"cr\\t"),
    ];
    let arguments = ["dbshell", "-c", "SELECT 1", "--", "--batch"];
    let (code, printed, complained) = told(&manage(folder.path(), &settings, &arguments, ""));
    assert_eq!((code, complained.as_str()), (7, ""), "{printed}");
    assert!(
        printed.contains("\nargument:clinic\nargument:--batch\nargument:-e\nargument:SELECT 1\n")
    );
    assert!(printed.contains("\n-rw------- "), "{printed}");
    assert!(printed.contains("\nuser=\"ana\"\npassword=\"s3\\\"cr\\\\t\"\nhost=\"127.0.0.1\"\n"));
    assert!(!printed.contains("argument:s3") && !printed.contains("-ps3"), "{printed}");
    let left = std::fs::read_dir(folder.path()).unwrap().flatten();
    assert!(!left.into_iter().any(|entry| entry.file_name().to_string_lossy().ends_with(".cnf")));
}

#[test]
fn the_embedded_databases_client_gets_the_file() {
    let folder = TempDir::new().unwrap();
    fake_client(folder.path(), "sqlite3");
    let settings = [("PATH", folder.path().to_str().unwrap())];
    let arguments = ["dbshell", "--", "-header"];
    let (code, printed, _) = told(&manage(folder.path(), &settings, &arguments, ""));
    let expected = "data/backend_optimizacion.sqlite3\nargument:-header\n";
    assert!(code == 7 && printed.contains(expected), "{printed}");
}

#[test]
fn without_a_client_a_small_prompt_says_so_and_works() {
    let app = TestApp::start(PROGRAM);
    let folder = TempDir::new().unwrap();
    let url = app.database_url();
    let settings = [("PATH", "/nonexistent"), ("DATABASE_URL", url.as_str())];
    let dbshell = |more: &[&str], input: &str| {
        let arguments: Vec<&str> = ["dbshell"].iter().chain(more).copied().collect();
        told(&manage(folder.path(), &settings, &arguments, input))
    };
    let input = ".tables\nINSERT INTO versions (name, value)\n VALUES ('a;b', 7);\n\
        SELECT name, value, NULL AS empty FROM versions WHERE name = 'a;b';\n.quit\nSELECT broken";
    let (code, printed, complained) = dbshell(&[], input);
    assert!(complained.starts_with("No database client is installed"), "{complained}");
    assert_eq!((code, complained.lines().count()), (0, 1), "{complained}");
    assert!(printed.starts_with("appointment_statuses\nappointments\n"), "{printed}");
    assert!(printed.contains("| a;b  | 7     | NULL  |\n"), "{printed}");
    let (code, printed, _) = dbshell(&["-e", ".schema versions"], "");
    assert!(code == 0 && printed.contains("CREATE TABLE"), "{printed}");
    let (code, _, complained) =
        dbshell(&["-c", "SELECT 1; SELECT nope FROM nowhere; SELECT 2"], "");
    assert!(code == 1 && complained.contains("nowhere"), "{complained}");
}
