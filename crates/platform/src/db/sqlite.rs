//! SQLite on threads: one writer with group commit, several readers.
//!
//! Every write transaction begins IMMEDIATE (an upgrade in the middle would fail with a snapshot error that no
//! time-out retries). Writes that wait together become savepoints of one transaction and are answered only
//! after its commit, which is flushed to the disk (`synchronous=FULL`).

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use rusqlite::config::DbConfig;

use super::conn::Driver;
use super::worker::{Read, Write, guarded};
use super::{Conn, DbError, DbResult, constraint, explain};
use crate::error::Result;

/// Writes that share one commit at most, and how long the first of them may wait for company.
const GROUP_SIZE: usize = 64;
const GROUP_TIME: Duration = Duration::from_millis(4);
/// Requests that may wait for a thread; beyond that the answer is "busy".
const QUEUE: usize = 4_096;

pub(super) struct Sqlite {
    pub(super) path: PathBuf,
    pub(super) reads: Sender<Box<dyn Read>>,
    pub(super) writes: Sender<Box<dyn Write>>,
    /// Connections that short reads left behind: as many as ever ran at once.
    idle: Mutex<Vec<Conn>>,
}

impl Sqlite {
    pub(super) fn start(path: &Path, readers: usize) -> DbResult<Self> {
        let writer = open(path, true)?;
        let (writes, waiting_writes) = bounded(QUEUE);
        spawn("db-writer", move || write_loop(writer, &waiting_writes))?;
        let (reads, waiting_reads) = bounded(QUEUE);
        for number in 0..readers {
            let (path, waiting) = (path.to_owned(), waiting_reads.clone());
            spawn(&format!("db-reader-{number}"), move || read_loop(&path, &waiting))?;
        }
        Ok(Self { path: path.to_owned(), reads, writes, idle: Mutex::default() })
    }

    /// Runs a short read on the caller's thread.
    pub(super) fn read_here<T>(&self, work: &dyn Fn(&mut Conn) -> Result<T>) -> Result<T> {
        for _ in 0..2 {
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut conn = idle.map_or_else(|| open(&self.path, false), Ok)?;
            // One transaction for all statements of the read: the file is locked once, and they see one moment.
            if conn.run("BEGIN", &[]).is_err() {
                continue;
            }
            let outcome = guarded(|| work(&mut conn));
            let is_usable = conn.run("COMMIT", &[]).is_ok() && !conn.is_lost;
            if is_usable {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
            }
            if is_usable || outcome.is_ok() {
                return outcome;
            }
        }
        Err(unreadable().into())
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> DbResult<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(|_| ())
        .map_err(|error| DbError::Unavailable(format!("no thread for {name}: {error}")))
}

/// Opens a connection with this program's settings.
pub(super) fn open(path: &Path, writes: bool) -> DbResult<Conn> {
    let failed = |error: rusqlite::Error| {
        let reason = match &error {
            rusqlite::Error::SqliteFailure(failure, said) => {
                let said = said.clone().unwrap_or_else(|| failure.to_string());
                explain::sqlite_open(failure.code, &said, path)
            }
            _ => None,
        };
        reason.map_or_else(|| constraint::of_sqlite(&error, "open"), DbError::Unavailable)
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|error| DbError::Unavailable(explain::file(folder, &error)))?;
    }
    let connection = rusqlite::Connection::open(path).map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(256);
    // A plan is chosen once per text: with statistics on bound values SQLite would parse a statement again
    // whenever a parameter changes.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
    let mut settings = String::from(
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY;",
    );
    if !writes {
        settings.push_str(" PRAGMA query_only = ON;");
    }
    connection.execute_batch(&settings).map_err(failed)?;
    Ok(Conn::new(Driver::Sqlite(connection)))
}

fn read_loop(path: &Path, waiting: &Receiver<Box<dyn Read>>) {
    let mut open_connection: Option<Conn> = None;
    while let Ok(mut job) = waiting.recv() {
        for attempt in 0..2 {
            let conn = match open_connection.take().map_or_else(|| open(path, false), Ok) {
                Ok(conn) => open_connection.insert(conn),
                Err(error) => {
                    job.refuse(error);
                    break;
                }
            };
            if !job.run(conn) {
                break;
            }
            open_connection = None;
            if attempt == 1 {
                job.refuse(unreadable());
            }
        }
    }
}

fn unreadable() -> DbError {
    DbError::Unavailable("the database file cannot be read".into())
}

fn write_loop(mut conn: Conn, waiting: &Receiver<Box<dyn Write>>) {
    let mut left_over: Option<Box<dyn Write>> = None;
    while let Some(first) = left_over.take().or_else(|| waiting.recv().ok()) {
        left_over = write_group(&mut conn, first, waiting);
    }
}

/// Runs one transaction; returns a write that came along but wants its own.
fn write_group(
    conn: &mut Conn,
    mut first: Box<dyn Write>,
    waiting: &Receiver<Box<dyn Write>>,
) -> Option<Box<dyn Write>> {
    if let Err(error) = conn.batch("BEGIN IMMEDIATE") {
        first.refuse(as_unavailable(error));
        return None;
    }
    let started = Instant::now();
    let mut kept: Vec<Box<dyn Write>> = Vec::new();
    let mut left_over = None;
    let mut next = Some(first);
    while let Some(mut job) = next.take() {
        let is_alone = job.is_alone();
        match run_in_savepoint(conn, job.as_mut()) {
            Ok(true) => kept.push(job),
            Ok(false) => job.rolled_back(),
            Err(error) => {
                // The engine ended the whole transaction (disk full, I/O): nobody's work is kept.
                for mut other in kept {
                    other.refuse(error.clone());
                }
                job.refuse(error);
                let _already_ended = conn.batch("ROLLBACK");
                return None;
            }
        }
        if is_alone || kept.len() >= GROUP_SIZE || started.elapsed() >= GROUP_TIME {
            break;
        }
        match waiting.try_recv() {
            Ok(other) if other.is_alone() => left_over = Some(other),
            Ok(other) => next = Some(other),
            Err(_) => {}
        }
    }
    match conn.batch("COMMIT") {
        Ok(()) => kept.iter_mut().for_each(|job| job.committed()),
        Err(error) => {
            let _already_ended = conn.batch("ROLLBACK");
            let error = as_unavailable(error);
            for job in &mut kept {
                job.refuse(error.clone());
            }
        }
    }
    left_over
}

/// `Ok(false)` if the job's own work was undone and the rest stands; `Err` if the transaction is lost.
fn run_in_savepoint(conn: &mut Conn, job: &mut dyn Write) -> DbResult<bool> {
    conn.batch("SAVEPOINT job").map_err(as_unavailable)?;
    let keep = job.run(conn);
    let Driver::Sqlite(connection) = &conn.driver else { return Ok(keep) };
    if connection.is_autocommit() {
        return Err(DbError::Unavailable("the transaction was ended by the engine".into()));
    }
    let end = if keep { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" };
    conn.batch(end).map_err(as_unavailable)?;
    Ok(keep)
}

fn as_unavailable(error: DbError) -> DbError {
    match error {
        DbError::Unavailable(_) => error,
        other => DbError::Unavailable(other.to_string()),
    }
}
