use std::path::Path;

use platform::manage::{Context, command_line};
use testkit::TestApp;

use crate::PROGRAM;
use crate::locations::commands;
use crate::locations::service::ubigeo;
use crate::tests::builders::app;

/// Runs the command on the program's database, from a working directory of its own.
fn run(app: &TestApp, folder: &Path, arguments: &[&str]) -> platform::error::Result<()> {
    std::fs::write(folder.join(".env"), format!("DATABASE_URL={}\n", app.database_url())).unwrap();
    let commands = commands::all();
    let line = ["manage", "importubigeo"].iter().chain(arguments);
    let matches = command_line(&PROGRAM, &commands).try_get_matches_from(line).unwrap();
    let (_, matches) = matches.subcommand().unwrap();
    (commands[0].run)(&Context::new(PROGRAM, folder.to_owned()), matches)
}

#[test]
fn a_database_that_is_not_migrated_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::unmigrated(PROGRAM);
    let error = run(&app, folder.path(), &[]).unwrap_err();
    assert!(error.to_string().contains("manage migrate"), "{error}");
}

#[test]
fn files_that_are_not_there_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let app = app();
    let error = run(&app, folder.path(), &["--file", "/nowhere/mine.csv"]).unwrap_err();
    assert!(error.to_string().contains("/nowhere/mine.csv"), "{error}");
    let path = folder.path().display().to_string();
    let error = run(&app, folder.path(), &["--path", &path]).unwrap_err();
    assert!(error.to_string().contains("countries.csv"), "{error}");
    assert_eq!(app.number("SELECT COUNT(*) FROM countries"), 0);
}

#[test]
fn a_folder_of_four_files_loads_like_the_programs_own() {
    let folder = tempfile::tempdir().unwrap();
    let app = app();
    for file in ubigeo::embedded().unwrap() {
        std::fs::write(folder.path().join(file.name), file.content).unwrap();
    }
    run(&app, folder.path(), &["--path", &folder.path().display().to_string()]).unwrap();
    assert_eq!(app.number("SELECT COUNT(*) FROM districts"), 1893);
}

#[test]
fn files_may_come_one_by_one_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let app = app();
    let write = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    let places = write("places.csv", "code;name\n01;Norte\n");
    let countries = write("c.csv", "name;phone_code;ISO2\nChile;56;CL\n");
    let arguments = ["--file", &places, "--file", &countries, "--country-iso2", "cl"];
    run(&app, folder.path(), &arguments).unwrap();
    let norte = "SELECT COUNT(*) FROM regions r JOIN countries c ON c.id = r.country_id WHERE c.iso2 = 'CL'";
    assert_eq!(app.number(norte), 1);
}
