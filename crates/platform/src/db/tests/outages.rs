//! The database goes away and comes back.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::*;

const KILL: &str = "KILL CONNECTION";

/// Ends the server's connections to this test's database, and waits until they are gone.
fn kill_all(url: &str, database: &str) {
    let mut conn = super::super::mysql::open(&super::super::mysql::options(url).unwrap()).unwrap();
    let sql = "SELECT id FROM information_schema.processlist WHERE db = ?";
    loop {
        let ids: Vec<i64> = conn.rows(sql, &params![database], |row| row.at(0)).unwrap();
        if ids.is_empty() {
            return;
        }
        for id in ids {
            let _gone_already = conn.batch(&format!("{KILL} {id}"));
        }
    }
}

#[test]
fn connections_killed_while_idle_are_replaced() {
    let scratch = Scratch::new();
    let Some((url, name)) = &scratch.server else { return }; // SQLite has no server.
    let read = || scratch.db.read_blocking(|conn| Ok(conn.one::<i64>("SELECT 1", &[])?));
    let write = || scratch.insert(&TEAMS, Changes::new().with("name", random_hex().unwrap()));
    for _ in 0..3 {
        // As many as there are connections, so that each of them is open.
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| (read().unwrap(), write().unwrap()));
            }
        });
        kill_all(url, name);
        for _ in 0..4 {
            assert_eq!(read().unwrap(), 1);
        }
        kill_all(url, name);
        for _ in 0..4 {
            write().unwrap();
        }
    }
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM teams", &[]), 36);
}

#[test]
fn a_transaction_whose_connection_is_killed_runs_again() {
    let scratch = Scratch::new();
    let Some((url, name)) = scratch.server.clone() else { return }; // SQLite has no server.
    let (attempts, hooks) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let (counted, hooked) = (Arc::clone(&attempts), Arc::clone(&hooks));
    let outcome = scratch.write(move |tx| {
        let hooked = Arc::clone(&hooked);
        tx.after_commit(move || {
            hooked.fetch_add(1, Ordering::SeqCst);
        });
        tx.insert(&PEOPLE, person("Ana"))?;
        if counted.fetch_add(1, Ordering::SeqCst) == 0 {
            kill_all(&url, &name);
        }
        tx.insert(&PEOPLE, person("Eva"))
    });
    outcome.unwrap();
    assert_eq!((attempts.load(Ordering::SeqCst), hooks.load(Ordering::SeqCst)), (2, 1));
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM people", &[]), 2);
    assert_eq!(scratch.one::<i64>("SELECT SUM(live) FROM row_counts", &[]), 2);
}

#[test]
fn a_transaction_that_is_killed_each_time_is_given_up() {
    let scratch = Scratch::new();
    let Some((url, name)) = scratch.server.clone() else { return }; // SQLite has no server.
    let outcome = scratch.write(move |tx| {
        kill_all(&url, &name);
        tx.insert(&TEAMS, Changes::new().with("name", "A"))
    });
    assert!(matches!(outcome, Err(Error::Db(DbError::Unavailable(_)))), "{outcome:?}");
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM teams", &[]), 0);
}

#[test]
fn a_connection_lost_at_the_commit_leaves_the_outcome_unknown() {
    let scratch = Scratch::new();
    let Some((url, name)) = scratch.server.clone() else { return }; // SQLite has no server.
    let attempts = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&attempts);
    let outcome = scratch.write(move |tx| {
        counted.fetch_add(1, Ordering::SeqCst);
        // Nothing is written along with this table: the next statement is the COMMIT.
        let id = tx.insert(&SAMPLES, Changes::new().with("flag", true))?;
        kill_all(&url, &name);
        Ok(id)
    });
    assert!(matches!(outcome, Err(Error::Db(DbError::Unknown(_)))), "{outcome:?}");
    assert_eq!(attempts.load(Ordering::SeqCst), 1, "it might have happened: it is not repeated");
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM samples", &[]), 0);
    scratch.insert(&SAMPLES, Changes::new().with("flag", true)).unwrap();
}

#[test]
fn a_server_that_is_not_there_is_told_at_once() {
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let location = Location::Server(format!("mysql://root@127.0.0.1:{port}/nowhere"));
    let db = Db::start(&location, 2).unwrap();
    let begun = Instant::now();
    let read = db.read_blocking(|conn| Ok(conn.one::<i64>("SELECT 1", &[])?));
    let write = db.write_blocking(context(), false, |_| Ok(()));
    assert!(matches!(read, Err(Error::Db(DbError::Unavailable(_)))), "{read:?}");
    assert!(matches!(write, Err(Error::Db(DbError::Unavailable(_)))), "{write:?}");
    assert!(matches!(db.connect(), Err(DbError::Unavailable(_))));
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[test]
fn a_file_that_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("not-a-folder");
    std::fs::write(&file, "").unwrap();
    let location = Location::File(file.join("db.sqlite3"));
    let Err(DbError::Unavailable(message)) = Db::start(&location, 1) else { panic!("it opened") };
    assert!(message.contains("not-a-folder"), "{message}");
}
