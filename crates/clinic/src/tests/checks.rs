//! The modules' own checks, on a real database.

use platform::app::NewAdministrator;
use platform::auth::password;
use platform::checks::{self, Choice, Finding, Subject};
use platform::clock::Clock;
use platform::config::Source;
use tempfile::TempDir;
use testkit::{NOW, TestApp};

use crate::PROGRAM;

fn findings(app: &TestApp, module: &str) -> Vec<Finding> {
    let folder = TempDir::new().unwrap();
    let source = Source::of(&[("DATABASE_URL", &app.database_url())]);
    let subject = Subject::new(&PROGRAM, folder.path(), source, Clock::standing(NOW));
    let choice = Choice { modules: [module.to_owned()].into(), deploy: true, ..Choice::default() };
    checks::run(&subject, &choice).unwrap().findings().to_vec()
}

fn ids(app: &TestApp, module: &str) -> Vec<String> {
    findings(app, module).into_iter().map(|finding| finding.id).collect()
}

fn administrator(app: &TestApp, name: &str, password: &str) {
    let new = NewAdministrator {
        email: format!("{name}@clinica.pe"),
        user_name: name.to_owned(),
        document_number: String::new(),
        password_hash: password::hash(password).unwrap(),
    };
    app.write(move |tx| (PROGRAM.create_administrator)(tx, &new));
}

#[test]
fn an_administrator_is_missed_until_there_is_one() {
    let app = TestApp::start(PROGRAM);
    assert_eq!(ids(&app, "profiles"), ["profiles.W002"]);
    administrator(&app, "marta", "tres tristes tigres");
    assert!(ids(&app, "profiles").is_empty());
}

#[test]
fn a_superuser_with_a_password_that_everybody_tries_is_told_by_name() {
    let app = TestApp::start(PROGRAM);
    administrator(&app, "marta", "tres tristes tigres");
    administrator(&app, "delivered", "admin123");
    administrator(&app, "samename", "samename");
    let found = findings(&app, "profiles");
    let names: Vec<&str> = found.iter().filter_map(|finding| finding.object.as_deref()).collect();
    assert_eq!(names, ["samename", "delivered"], "{found:?}");
    assert!(found.iter().all(|finding| finding.id == "profiles.E001"));
}

#[test]
fn users_of_a_demonstration_are_told() {
    let app = TestApp::start(PROGRAM);
    administrator(&app, "marta", "tres tristes tigres");
    let new = NewAdministrator {
        email: "Terapeuta@demo.example".to_owned(),
        user_name: "demo_terapeuta".to_owned(),
        document_number: String::new(),
        password_hash: "!".to_owned(),
    };
    let id = app.write(move |tx| (PROGRAM.create_administrator)(tx, &new));
    let found = findings(&app, "profiles");
    assert_eq!(found.len(), 1);
    assert!(found[0].id == "profiles.W003" && found[0].message.contains("demo_terapeuta"));
    app.write(move |tx| {
        let change = platform::db::Changes::new().with("is_active", false);
        tx.update(&crate::profiles::model::USERS, id, change)
    });
    assert!(ids(&app, "profiles").is_empty());
}

#[test]
fn a_redis_that_is_there_is_reached_and_known() {
    let app = TestApp::start(PROGRAM);
    let Some(url) = app.app().config().redis_url.clone() else { return };
    let folder = TempDir::new().unwrap();
    let source = Source::of(&[("REDIS_URL", url.reveal())]);
    let subject = Subject::new(&PROGRAM, folder.path(), source, Clock::standing(NOW));
    let facts = subject.redis().expect("it answers");
    assert!(facts.keeps && facts.version.starts_with(|c: char| c.is_ascii_digit()), "{facts:?}");
    assert!(facts.is_local && !facts.eviction.is_empty(), "{facts:?}");
}

#[test]
fn the_geography_is_missed_until_it_is_loaded() {
    let app = TestApp::start(PROGRAM);
    assert_eq!(ids(&app, "locations"), ["locations.W001"]);
    app.write(|tx| (PROGRAM.load_catalogues)(tx));
    assert!(ids(&app, "locations").is_empty());
}

#[test]
fn rows_of_a_database_that_is_not_migrated_are_not_asked() {
    let app = TestApp::unmigrated(PROGRAM);
    assert!(ids(&app, "profiles").is_empty());
    assert!(ids(&app, "platform").contains(&"database.E003".to_owned()));
}

#[test]
fn a_migrated_database_has_nothing_against_it_but_what_its_server_was_told() {
    let app = TestApp::start(PROGRAM);
    let found = ids(&app, "platform");
    for id in ["database.E001", "database.E002", "database.E003", "database.E004", "database.C005"]
    {
        assert!(!found.contains(&id.to_owned()), "{id} in {found:?}");
    }
    for id in ["database.E010", "database.E013", "database.E017", "database.W008"] {
        assert!(!found.contains(&id.to_owned()), "{id} in {found:?}");
    }
}

#[test]
fn the_program_itself_is_sound() {
    let folder = TempDir::new().unwrap();
    let subject = Subject::new(&PROGRAM, folder.path(), Source::of(&[]), Clock::standing(NOW));
    let report = checks::run(&subject, &Choice::default()).unwrap();
    assert_eq!(report.findings(), []);
    assert!(!folder.path().join("data").exists(), "looking makes nothing");
}

#[test]
fn the_docs_name_every_check_and_no_other() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/CHECKS.md");
    let page = std::fs::read_to_string(path).unwrap();
    let named: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let ids: Vec<&str> = checks::all(&PROGRAM).iter().map(|(_, check)| check.id).collect();
    for id in &ids {
        assert!(named.contains(id), "docs/CHECKS.md does not name {id}");
    }
    // Those two are given where settings are read.
    let known = |id: &str| ids.contains(&id) || ["security.E023", "security.E024"].contains(&id);
    assert!(named.iter().all(|id| known(id)), "docs/CHECKS.md names a check that is no more");
}
