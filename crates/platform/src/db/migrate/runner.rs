//! Applies pending migrations, one at a time, so that a killed run is finished by the next.
//!
//! SQLite changes a schema inside a transaction: a migration is there whole or not at all. MySQL commits around
//! each statement: the ledger records how many are done, and a statement that was done but not recorded is
//! recognised by what it made.

use super::{Migration, ledger};
use crate::clock::Clock;
use crate::db::{Conn, DbError, Engine};
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

/// Applies what is pending; `told` hears of each migration before (`false`) and after (`true`) it. Returns
/// how many were applied.
pub fn apply(
    conn: &mut Conn,
    ordered: &[&'static Migration],
    clock: &Clock,
    told: &mut dyn FnMut(&Migration, bool),
) -> Result<usize> {
    lock(conn)?;
    let outcome = apply_locked(conn, ordered, clock, told);
    unlock(conn);
    outcome
}

fn apply_locked(
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
        for (number, statement) in migration.statements(Engine::Sqlite).enumerate() {
            conn.batch(statement).map_err(|error| explain(migration, number, &error))?;
        }
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
        let done_already = record.is_some() && number == done && is_done(conn, statement)?;
        if !done_already {
            conn.batch(statement).map_err(|error| explain(migration, number, &error))?;
        }
        ledger::advance(conn, migration, i64::try_from(number + 1).unwrap_or(i64::MAX))?;
    }
    Ok(ledger::finish(conn, migration, clock.now())?)
}

/// Tables that a fresh migration would create must not be there: they belong to somebody else.
fn refuse_existing(conn: &mut Conn, migration: &Migration) -> Result<()> {
    for statement in migration.statements(conn.engine()) {
        if let Some(table) = created_table(statement)
            && ledger::table_exists(conn, table)?
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

fn is_done(conn: &mut Conn, statement: &str) -> Result<bool> {
    match created_table(statement) {
        Some(table) => Ok(ledger::table_exists(conn, table)?),
        None => Ok(false),
    }
}

fn created_table(statement: &str) -> Option<&str> {
    let name = statement.strip_prefix("CREATE TABLE ")?;
    name.strip_prefix(['`', '"'])?.split(['`', '"']).next()
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
