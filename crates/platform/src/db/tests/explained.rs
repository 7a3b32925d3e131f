//! What the engine says when it cannot go on, told with the next step.

use std::net::TcpListener;
use std::time::Duration;

use super::*;
use crate::db::{constraint, mysql as server_engine, sqlite};

fn reason<T: std::fmt::Debug>(outcome: std::result::Result<T, DbError>) -> String {
    match outcome {
        Err(DbError::Unavailable(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_server_that_accepts_and_says_nothing_does_not_answer_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("mysql://root@{}/x", listener.local_addr().unwrap());
    let options = ::mysql::OptsBuilder::from_opts(::mysql::Opts::from_url(&url).unwrap())
        .prefer_socket(false)
        .read_timeout(Some(Duration::from_millis(50)));
    let told = reason(server_engine::open(&options.into()).map(|_| ()));
    assert!(told.contains("does not answer in time"), "{told}");
}

#[test]
fn a_server_that_hangs_up_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("mysql://root@{}/x", listener.local_addr().unwrap());
    std::thread::spawn(move || drop(listener.accept().unwrap()));
    let told = reason(server_engine::open(&server_engine::options(&url).unwrap()).map(|_| ()));
    assert!(told.contains("hung up"), "{told}");
}

#[test]
fn a_connection_that_ends_in_the_middle_is_told() {
    let scratch = Scratch::new();
    let Some((url, _)) = &scratch.server else { return }; // SQLite has no server.
    let mut conn = scratch.db.connect().unwrap();
    let id: i64 = conn.one("SELECT CONNECTION_ID()", &[]).unwrap();
    admin(url, &format!("KILL CONNECTION {id}"));
    let told = reason(conn.one::<i64>("SELECT 1", &[]));
    assert!(told.contains("lost in the middle"), "{told}");
}

/// A SQLite file with one table, whatever engine this run is about.
fn file(folder: &std::path::Path) -> (PathBuf, Conn) {
    let path = folder.join("t.sqlite3");
    let mut conn = sqlite::open(&path, true).unwrap();
    conn.batch("CREATE TABLE t (x TEXT)").unwrap();
    (path, conn)
}

#[test]
fn a_full_disk_a_lock_and_a_file_that_may_only_be_read_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut conn) = file(folder.path());
    let mut other = sqlite::open(&path, true).unwrap();
    other.batch("PRAGMA busy_timeout = 0").unwrap();
    conn.batch("BEGIN IMMEDIATE").unwrap();
    let told = reason(other.batch("BEGIN IMMEDIATE"));
    assert!(told.contains("locked by another process"), "{told}");
    conn.batch("ROLLBACK").unwrap();
    let told = reason(sqlite::open(&path, false).unwrap().batch("INSERT INTO t VALUES ('x')"));
    assert!(told.contains("may only be read"), "{told}");
    conn.batch("PRAGMA max_page_count = 2").unwrap();
    let told = reason(conn.run("INSERT INTO t VALUES (?)", &params!["x".repeat(100_000)]));
    assert!(told.contains("the disk is full"), "{told}");
}

#[test]
fn a_damaged_file_is_told() {
    let damaged = rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
        Some("database disk image is malformed".into()),
    );
    let told = reason(Err::<(), _>(constraint::of_sqlite(&damaged, "SELECT 1")));
    assert!(told.contains("is damaged") && told.contains("manage restore"), "{told}");
}

#[test]
fn refusals_that_only_mysql_gives_are_told() {
    let options = ::mysql::Opts::from_url("mysql://ana:hidden@h:3306/x").unwrap();
    for (code, word) in
        [(3159, "wants TLS"), (1130, "does not let this machine in"), (1053, "is stopping")]
    {
        let error = ::mysql::MySqlError { state: "HY000".into(), message: "No".into(), code };
        let told = crate::db::explain::mysql_connect(&error.into(), &options);
        assert!(told.contains(word) && !told.contains("hidden"), "{told}");
    }
}
