//! The process dies: what was acknowledged is there, and what is there is whole.
//!
//! The dying is done by a child: this test binary run again with [`child`] alone, told by the environment what to
//! do to which database.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::*;

const ROLE: &str = "DB_TEST_CHILD";
const DATABASE: &str = "DB_TEST_CHILD_DATABASE";

#[expect(clippy::disallowed_methods, reason = "how the parent tells the child its part")]
fn told(variable: &str) -> Option<String> {
    std::env::var(variable).ok()
}

/// The child's part. Without one, as in any ordinary run, there is nothing to do.
#[test]
fn child() {
    let (Some(role), Some(database)) = (told(ROLE), told(DATABASE)) else { return };
    let location = match database.strip_prefix("file:") {
        Some(path) => Location::File(path.into()),
        None => Location::Server(database),
    };
    let db = Db::start(&location, 4).unwrap();
    match role.as_str() {
        "abort" => abort_after_commit(&db),
        "write" => write_for_ever(&db),
        "migrate" => alterations::interrupted::migrate_and_tell(&db),
        other => panic!("no such part: {other}"),
    }
}

fn abort_after_commit(db: &Db) {
    let answer = db.write_blocking(context(), false, |tx| {
        tx.after_commit(|| std::process::abort());
        tx.insert(&TEAMS, Changes::new().with("name", "A"))
    });
    panic!("answered {answer:?}");
}

/// Prints the id of each row that was acknowledged.
fn write_for_ever(db: &Db) {
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let row = person("Ana").with("last_name", "x".repeat(60));
                    let insert = move |tx: &mut Tx<'_>| tx.insert(&PEOPLE, row.clone());
                    let id = db.write_blocking(context(), false, insert).unwrap();
                    println!("acknowledged {id}.");
                }
            });
        }
    });
}

pub(super) fn start(scratch: &Scratch, role: &str) -> Child {
    let database = match &scratch.location {
        Location::File(path) => format!("file:{}", path.display()),
        Location::Server(url) => url.clone(),
    };
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "db::tests::crash::child", "--nocapture", "--test-threads=1"])
        .env(ROLE, role)
        .env(DATABASE, database)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

pub(super) fn assert_sound(scratch: &Scratch) {
    if scratch.path().is_some() {
        assert_eq!(scratch.column::<String>("PRAGMA integrity_check"), ["ok"]);
        let broken = scratch
            .db
            .read_blocking(|conn| Ok(conn.exists("PRAGMA foreign_key_check", &[])?))
            .unwrap();
        assert!(!broken);
    }
}

#[test]
fn a_write_is_there_though_the_process_died_before_it_answered() {
    let scratch = Scratch::new();
    let died = start(&scratch, "abort").wait_with_output().unwrap();
    assert!(!died.status.success());
    let said = String::from_utf8_lossy(&died.stdout);
    assert!(!said.contains("answered"), "{said}");
    assert_eq!(scratch.column::<String>("SELECT name FROM teams"), ["A"]);
    assert_sound(&scratch);
}

#[test]
fn what_was_acknowledged_outlives_a_kill_in_the_midst_of_writing() {
    let scratch = Scratch::new();
    for _ in 0..2 {
        let mut child = start(&scratch, "write");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut acknowledged: Vec<i64> = Vec::new();
        while let Some(Ok(line)) = lines.next() {
            // What was printed whole: the kill may cut the last line.
            let id = line.split("acknowledged ").nth(1).and_then(|rest| rest.strip_suffix('.'));
            acknowledged.extend(id.map(|id| id.parse::<i64>().unwrap()));
            if acknowledged.len() == 60 {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(acknowledged.len() >= 60, "the child ended by itself");
        let present: Vec<i64> = scratch.column("SELECT id FROM people");
        let lost: Vec<_> = acknowledged.iter().filter(|id| !present.contains(id)).collect();
        assert_eq!(lost, [&0; 0]);
        assert_sound(&scratch);
    }
    let rows = scratch.one::<i64>("SELECT COUNT(*) FROM people", &[]);
    for sql in [
        "SELECT SUM(live) FROM row_counts",
        "SELECT COUNT(*) FROM history",
        "SELECT COUNT(*) FROM people_words WHERE word = 'ana'",
    ] {
        assert_eq!(scratch.one::<i64>(sql, &[]), rows, "{sql}");
    }
}
