//! `migrate`, `showmigrations`, `sqlmigrate` and `makemigrations` as an operator types them.

use std::path::Path;
use std::process::{Command, Stdio};

use clinic::PROGRAM;
use tempfile::TempDir;
use testkit::TestApp;

/// What a command said, and how it ended.
struct Said {
    out: String,
    err: String,
    code: Option<i32>,
}

fn run_in(folder: &Path, url: &str, arguments: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_manage"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("DATABASE_URL", url)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Said {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

/// An empty database, and a folder to run in.
struct Place {
    app: TestApp,
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { app: TestApp::unmigrated(PROGRAM), folder: TempDir::new().unwrap() }
    }

    fn run(&self, arguments: &[&str]) -> Said {
        run_in(self.folder.path(), &self.app.database_url(), arguments)
    }

    #[track_caller]
    fn fine(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "{}", said.err);
        said.out
    }

    #[track_caller]
    fn refused(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(1), "{}", said.out);
        said.err
    }
}

#[test]
fn one_module_is_migrated_with_what_it_depends_on_then_the_rest() {
    let place = Place::new();
    let said = place.fine(&["migrate", "patients"]);
    assert!(
        said.starts_with("Operations to perform:\n  Apply all migrations: patients\n"),
        "{said}"
    );
    assert!(said.contains("  Applying locations.0001_initial... OK\n"), "{said}");
    assert!(said.ends_with("  Applying patients.0002_record_words... OK\n"), "{said}");
    assert!(!said.contains("appointments"), "{said}");
    let list = place.fine(&["showmigrations", "patients", "appointments"]);
    assert_eq!(
        list,
        "appointments\n [ ] 0001_initial\n [ ] 0002_status_description\npatients\n [X] 0001_initial\n [X] 0002_record_words\n"
    );
    let waiting = place.refused(&["migrate", "--check"]);
    assert!(waiting.contains("appointments.0001_initial"), "{waiting}");
    assert!(place.fine(&["migrate", "patients"]).ends_with("\n  No migrations to apply.\n"));
    place.fine(&["migrate", "--noinput"]);
    assert_eq!(place.fine(&["migrate", "--check"]), "");
    assert_eq!(
        place.fine(&["migrate", "--plan"]),
        "Planned operations:\n  No planned migration operations.\n"
    );
}

#[test]
fn a_plan_tells_the_steps_and_changes_nothing() {
    let place = Place::new();
    let plan = place.fine(&["migrate", "configurations", "0001", "--plan"]);
    assert!(
        plan.starts_with("Planned operations:\nconfigurations.0001_initial\n    Create table "),
        "{plan}"
    );
    let order = place.fine(&["showmigrations", "--plan", "patients"]);
    assert!(order.contains("\n[ ]  locations.0001_initial\n"), "{order}");
    assert!(order.ends_with("[ ]  patients.0002_record_words\n"), "{order}");
}

#[test]
fn going_up_to_a_migration_is_done_and_going_back_is_refused() {
    let place = Place::new();
    let said = place.fine(&["migrate", "configurations", "0001"]);
    assert!(
        said.contains("  Target specific migration: 0001_initial, from configurations\n"),
        "{said}"
    );
    let again = place.fine(&["migrate", "configurations", "0001_initial"]);
    assert!(again.ends_with("  No migrations to apply.\n"), "standing there already: {again}");
    place.fine(&["migrate", "configurations"]);
    let back = place.refused(&["migrate", "configurations", "0001"]);
    assert!(back.contains("only go forward") && back.contains("restore a backup"), "{back}");
    let zero = place.refused(&["migrate", "configurations", "zero"]);
    assert!(zero.contains("would remove their rows"), "{zero}");
    let unknown = place.refused(&["migrate", "configurations", "0009"]);
    assert!(unknown.contains("cannot find a migration matching '0009'"), "{unknown}");
    let ambiguous = place.refused(&["migrate", "configurations", "000"]);
    assert!(ambiguous.contains("0001_initial, 0002_histories"), "{ambiguous}");
    let module = place.refused(&["migrate", "billing"]);
    assert!(module.contains("there is no module 'billing'"), "{module}");
    assert_eq!(place.run(&["migrate", "--plan", "--fake"]).code, Some(2));
}

#[test]
fn a_faked_migration_is_recorded_and_tables_that_are_there_are_taken_over() {
    let place = Place::new();
    place.fine(&["migrate"]);
    place.app.app().db().connect().unwrap().exists("DROP TABLE schema_migrations", &[]).unwrap();
    let refused = place.refused(&["migrate"]);
    assert!(refused.contains("--fake-initial"), "{refused}");
    let said = place.fine(&["migrate", "--fake-initial"]);
    assert!(said.contains("  Applying configurations.0002_histories... FAKED\n"), "{said}");
    let changed = "  Applying profiles.0002_names_and_passwords... FAKED\n";
    assert!(said.contains(changed), "tables in their newest form: {said}");
    assert!(!said.contains(" OK"), "{said}");
    assert_eq!(place.fine(&["migrate", "--check"]), "");
    place.app.app().db().connect().unwrap().exists("DROP TABLE schema_migrations", &[]).unwrap();
    let said = place.fine(&["migrate", "locations", "--fake"]);
    assert!(said.ends_with("  Applying locations.0001_initial... FAKED\n"), "{said}");
}

#[test]
fn the_statements_of_a_migration_are_printed_for_either_engine() {
    let place = Place::new();
    for (engine, form) in
        [("sqlite", "CREATE TABLE \"histories\""), ("mysql", "CREATE TABLE `histories`")]
    {
        let sql = place.fine(&["sqlmigrate", "configurations", "0002", "--engine", engine]);
        assert!(sql.starts_with(form), "{sql}");
    }
    let own = if place.app.engine() == platform::db::Engine::Sqlite { '"' } else { '`' };
    let sql = place.fine(&["sqlmigrate", "configurations", "0002_histories"]);
    assert!(sql.starts_with(&format!("CREATE TABLE {own}histories")), "{sql}");
}

#[test]
fn an_empty_migration_is_written_in_a_checkout_and_nowhere_else() {
    let place = Place::new();
    assert_eq!(place.fine(&["makemigrations", "--check"]), "No changes detected\n");
    assert_eq!(
        place.fine(&["makemigrations", "patients"]),
        "No changes detected in module 'patients'\n"
    );
    let empty = ["makemigrations", "patients", "--empty", "--name", "fill_in"];
    let elsewhere = place.refused(&empty);
    assert!(elsewhere.contains("at the root of a checkout"), "{elsewhere}");
    let home = place.folder.path().join("crates/clinic/src/patients");
    std::fs::create_dir_all(&home).unwrap();
    let mut dry = empty.to_vec();
    dry.push("--dry-run");
    place.fine(&dry);
    assert!(!home.join("migrations").exists());
    let said = place.fine(&empty);
    assert!(said.starts_with(
        "Migrations for 'patients':\n  crates/clinic/src/patients/migrations/0003_fill_in\n"
    ));
    assert!(
        said.contains("platform::migration!(\"patients\", \"0003_fill_in\", \".\", [])"),
        "{said}"
    );
    let state = std::fs::read_to_string(home.join("migrations/0003_fill_in/state.json")).unwrap();
    assert!(state.contains("\"medical_records\""));
    let again = place.refused(&empty);
    assert!(again.contains("is there already"), "{again}");
    assert_eq!(place.run(&["makemigrations", "--empty"]).code, Some(2));
    assert_eq!(place.run(&["makemigrations", "patients", "--name", "../x"]).code, Some(2));
}

#[test]
fn a_flag_that_answers_no_question_is_refused() {
    let place = Place::new();
    let refused = place.refused(&["makemigrations", "--rename", "patients.name=first_name"]);
    assert!(refused.contains("answers nothing"), "{refused}");
}
