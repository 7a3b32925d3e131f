//! Facts read from what is really there.

use tempfile::TempDir;

use crate::checks::{Choice, Subject, facts, run};
use crate::clock::Clock;
use crate::config::Source;
use crate::db::{self, Location};
use crate::http::home::tests::PROGRAM;

fn ids(values: &[(&str, &str)], folder: &TempDir) -> Vec<String> {
    let subject = Subject::new(&PROGRAM, folder.path(), Source::of(values), Clock::system());
    let choice = Choice { deploy: true, ..Choice::default() };
    let report = run(&subject, &choice).unwrap();
    report.findings().iter().map(|finding| finding.id.clone()).collect()
}

#[test]
fn services_that_nobody_gives_are_told_with_their_reason() {
    let folder = TempDir::new().unwrap();
    // A port that nobody listens on: taken and given back.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let database = format!("mysql://u:p@127.0.0.1:{port}/none");
    let redis = format!("redis://127.0.0.1:{port}/0");
    let found = ids(&[("DATABASE_URL", &database), ("REDIS_URL", &redis)], &folder);
    for id in ["database.E001", "redis.E001"] {
        assert!(found.contains(&id.to_owned()), "{id} in {found:?}");
    }
}

#[test]
fn a_damaged_file_is_critical_or_cannot_be_opened() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.sqlite3");
    std::fs::write(&path, "this is no database, though it is long enough to be one".repeat(50))
        .unwrap();
    let url = format!("sqlite://{}", path.display());
    let found = ids(&[("DATABASE_URL", &url)], &folder);
    let told = ["database.E001", "database.C005"];
    assert!(found.iter().any(|id| told.contains(&id.as_str())), "{found:?}");
}

#[test]
fn a_table_that_nobody_describes_is_a_difference() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.sqlite3");
    let url = format!("sqlite://{}", path.display());
    let config = |url: &str| {
        crate::config::Config::from_source(Source::of(&[("DATABASE_URL", url)]), folder.path())
            .unwrap()
    };
    let mut conn = db::open(&Location::File(path)).unwrap();
    let ordered = crate::app::migrations(PROGRAM.modules).unwrap();
    db::migrate::runner::apply(&mut conn, &ordered, &Clock::system(), &mut |_, _| {}).unwrap();
    conn.rows("CREATE TABLE stranger (id INTEGER PRIMARY KEY) STRICT", &[], |_| Ok(())).unwrap();
    let (facts, _) = facts::database::read(&PROGRAM, &config(&url), &Clock::system()).unwrap();
    assert!(facts.is_current() && facts.damage.is_none());
    assert!(
        facts.differences.iter().any(|text| text.starts_with("stranger: ")),
        "{:?}",
        facts.differences
    );
}
