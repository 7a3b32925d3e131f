//! Applies pending migrations, one at a time, so that a killed run is finished by the next.
//!
//! SQLite changes a schema inside a transaction: a migration is there whole or not at all. MySQL commits around
//! each statement: the ledger records how many are done, and a statement that was done but not recorded is
//! recognised by what it made.

use super::statement::{Action, actions};
use super::{Migration, fill, keepsakes, ledger, recognise};
use crate::clock::Clock;
use crate::db::{Conn, DbError, DbResult, Engine};
use crate::error::{Error, Result};
use crate::params;

/// Seconds to wait for another process that is migrating.
const LOCK_SECONDS: i64 = 120;

/// What of `ordered` is not yet applied, in order. An applied migration whose text has changed since stops
/// everything.
pub fn pending(conn: &mut Conn, ordered: &[&'static Migration]) -> Result<Vec<&'static Migration>> {
    let engine = conn.engine();
    let applied = ledger::load(conn)?;
    let mut waiting = Vec::new();
    for migration in ordered {
        match applied.get(&(migration.module.to_owned(), migration.name.to_owned())) {
            Some(record) if record.checksum != ledger::checksum(migration, engine) => {
                return Err(Error::Failed(format!(
                    "{}.{} was applied with another text than it has now; an applied migration must never be \
                     edited: put its old text back and write a new migration for the change",
                    migration.module, migration.name
                )));
            }
            Some(record) if record.applied_at.is_some() => {}
            _ => waiting.push(*migration),
        }
    }
    Ok(waiting)
}

/// What of `steps` is not yet applied, having looked at the texts of all of `ordered`.
pub fn pending_of(
    conn: &mut Conn,
    ordered: &[&'static Migration],
    steps: &[&'static Migration],
) -> Result<Vec<&'static Migration>> {
    let mut waiting = pending(conn, ordered)?;
    waiting.retain(|migration| {
        steps.iter().any(|step| (step.module, step.name) == (migration.module, migration.name))
    });
    Ok(waiting)
}

/// Records what is pending as applied without running it; returns what was recorded.
pub fn fake(
    conn: &mut Conn,
    steps: &[&'static Migration],
    clock: &Clock,
) -> Result<Vec<&'static Migration>> {
    locked(conn, |conn| {
        ledger::ensure(conn)?;
        let waiting = pending(conn, steps)?;
        for migration in &waiting {
            ledger::record(conn, migration, clock.now())?;
        }
        Ok(waiting)
    })
}

/// Runs `work` while no other process migrates. SQLite has one writer anyway; a MySQL server keeps the lock of a
/// process that died until the statement it left behind is over.
pub(in crate::db) fn locked<T>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T>,
) -> Result<T> {
    lock(conn)?;
    let outcome = work(conn);
    unlock(conn);
    outcome
}

/// Applies what is pending; `told` hears of each migration before (`false`) and after (`true`) it. Returns
/// how many were applied.
pub fn apply(
    conn: &mut Conn,
    ordered: &[&'static Migration],
    clock: &Clock,
    told: &mut dyn FnMut(&Migration, bool),
) -> Result<usize> {
    locked(conn, |conn| apply_locked(conn, ordered, clock, told))
}

/// [`apply`] for whoever holds the lock.
pub(super) fn apply_locked(
    conn: &mut Conn,
    ordered: &[&'static Migration],
    clock: &Clock,
    told: &mut dyn FnMut(&Migration, bool),
) -> Result<usize> {
    ledger::ensure(conn)?;
    let waiting = pending(conn, ordered)?;
    for migration in &waiting {
        told(migration, false);
        match conn.engine() {
            Engine::Sqlite => apply_whole(conn, migration, clock)?,
            Engine::Mysql => apply_stepwise(conn, migration, clock)?,
        }
        told(migration, true);
    }
    Ok(waiting.len())
}

fn apply_whole(conn: &mut Conn, migration: &Migration, clock: &Clock) -> Result<()> {
    // Rebuilding a table drops it for a moment; keys are checked as a whole before the commit instead.
    conn.batch("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")?;
    let outcome = (|| {
        let applied = ledger::load(conn)?;
        if applied.contains_key(&(migration.module.to_owned(), migration.name.to_owned())) {
            return Ok(()); // another process was faster
        }
        refuse_existing(conn, migration)?;
        ledger::begin(conn, migration)?;
        let kept = keepsakes::put_aside(conn, migration)?;
        for (number, statement) in migration.statements(Engine::Sqlite).enumerate() {
            run(conn, statement).map_err(|error| explain(migration, number, &error))?;
        }
        keepsakes::put_back(conn, migration, &kept)?;
        if conn.exists("PRAGMA foreign_key_check", &[])? {
            return Err(Error::Failed(format!(
                "{}.{} would leave rows that refer to nothing; it was undone",
                migration.module, migration.name
            )));
        }
        Ok(ledger::finish(conn, migration, clock.now())?)
    })();
    match outcome {
        Ok(()) => conn.batch("COMMIT; PRAGMA foreign_keys = ON").map_err(Error::Db),
        Err(error) => {
            let _connection_ends_anyway = conn.batch("ROLLBACK; PRAGMA foreign_keys = ON");
            Err(error)
        }
    }
}

fn apply_stepwise(conn: &mut Conn, migration: &Migration, clock: &Clock) -> Result<()> {
    let applied = ledger::load(conn)?;
    let record = applied.get(&(migration.module.to_owned(), migration.name.to_owned()));
    let done = if let Some(record) = record {
        usize::try_from(record.step).unwrap_or(0)
    } else {
        refuse_existing(conn, migration)?;
        ledger::begin(conn, migration)?;
        0
    };
    for (number, statement) in migration.statements(Engine::Mysql).enumerate().skip(done) {
        // Only the first statement after an interruption can have been done without being recorded.
        let may_be_done = record.is_some() && number == done;
        step(conn, migration, number, statement, may_be_done)?;
    }
    Ok(ledger::finish(conn, migration, clock.now())?)
}

/// Does one statement and records it.
pub(in crate::db) fn step(
    conn: &mut Conn,
    migration: &Migration,
    number: usize,
    statement: &str,
    may_be_done: bool,
) -> Result<()> {
    let next = i64::try_from(number + 1).unwrap_or(i64::MAX);
    let failed = |error: DbError| explain(migration, number, &error);
    if writes_rows(statement) {
        // Rows and the record of the step are committed together: never done twice.
        conn.batch("START TRANSACTION")?;
        let outcome = run(conn, statement).and_then(|()| ledger::advance(conn, migration, next));
        let end = conn.batch(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" });
        return outcome.and(end).map_err(failed);
    }
    if !(may_be_done && recognise::is_done(conn, statement)?) {
        run(conn, statement).map_err(failed)?;
    }
    Ok(ledger::advance(conn, migration, next)?)
}

pub(in crate::db) fn run(conn: &mut Conn, statement: &str) -> DbResult<()> {
    if fill::run(conn, statement)? { Ok(()) } else { conn.batch(statement) }
}

pub(in crate::db) fn writes_rows(statement: &str) -> bool {
    matches!(actions(statement).as_slice(), [Action::WriteRows(_)])
}

/// Tables that a fresh migration would create must not be there: they belong to somebody else.
fn refuse_existing(conn: &mut Conn, migration: &Migration) -> Result<()> {
    for action in migration.statements(conn.engine()).flat_map(actions) {
        if let Action::CreateTable(table) = action
            && ledger::table_exists(conn, &table)?
        {
            return Err(Error::Failed(format!(
                "{}.{} would create the table {table}, which exists already; use an empty database, or adopt this \
                 one with `migrate --fake-initial`",
                migration.module, migration.name
            )));
        }
    }
    Ok(())
}

fn explain(migration: &Migration, number: usize, error: &DbError) -> Error {
    Error::Failed(format!(
        "{}.{} stopped at statement {}: {error}. Nothing after it was done; mend the cause and run `manage migrate` \
         again, it goes on from there",
        migration.module,
        migration.name,
        number + 1
    ))
}

/// Keeps other processes from migrating or restoring the same server's database until [`unlock`].
pub(crate) fn lock(conn: &mut Conn) -> Result<()> {
    if conn.engine() == Engine::Mysql {
        let locked: Option<i64> = conn
            .scalar("SELECT GET_LOCK(CONCAT('migrate.', DATABASE()), ?)", &params![LOCK_SECONDS])?;
        if locked != Some(1) {
            return Err(Error::Failed(
                "another process has been migrating this database for two minutes".into(),
            ));
        }
    }
    Ok(())
}

pub(crate) fn unlock(conn: &mut Conn) {
    if conn.engine() == Engine::Mysql {
        let _ends_with_the_connection =
            conn.scalar::<Option<i64>>("SELECT RELEASE_LOCK(CONCAT('migrate.', DATABASE()))", &[]);
    }
}
