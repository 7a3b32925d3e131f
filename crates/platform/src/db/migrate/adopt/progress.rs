//! How far a run has come, recorded in a table of its own, so that the next one can go on. It stays afterwards, as the
//! proof of what was taken over.

use super::super::ledger::table_exists;
use super::standing::kept_name;
use crate::db::{Conn, DbResult, Engine, Tx};
use crate::error::{Error, Result};
use crate::params;
use crate::types::time::Moment;

const TABLE: &str = "schema_adoption";
/// The row that stands for the whole run.
const HEAD: &str = "";

/// What a run is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The former tables are put aside.
    PuttingAside,
    /// This program's tables are made and filled.
    Filling,
    /// All rows are there and counted; the rows that every installation needs are written.
    Finishing,
    /// Nothing is left to do.
    Done,
    /// The former tables get their names back.
    Undoing,
}

const STAGES: &[(i64, Stage)] = &[
    (1, Stage::PuttingAside),
    (2, Stage::Filling),
    (3, Stage::Finishing),
    (4, Stage::Done),
    (9, Stage::Undoing),
];

fn number(stage: Stage) -> i64 {
    STAGES.iter().find(|(_, known)| *known == stage).map_or(0, |(number, _)| *number)
}

/// A former table's part.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Its name in the former program.
    pub name: String,
    /// The table that takes its rows, if any does.
    pub target: Option<String>,
    /// Its rows once nobody could write to it any more.
    pub before: Option<i64>,
    /// The rows of the new table.
    pub after: i64,
    pub(super) last_id: Option<i64>,
}

/// How far a run has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// What it is about.
    pub stage: Stage,
    /// Whether sure remedies are applied.
    pub fix: bool,
    /// When it was finished.
    pub at: Option<Moment>,
    /// Whether the ledger of migrations was there before.
    pub(super) had_ledger: bool,
    /// The former tables.
    pub tables: Vec<Counted>,
}

/// Refuses a database that a killed run left in the middle.
pub fn refuse_unfinished(conn: &mut Conn) -> Result<()> {
    match load(conn)? {
        Some(progress) if progress.stage != Stage::Done => Err(Error::Failed(
            "taking over this database was interrupted; run `manage adopt` again, it goes on from there (or \
             `manage adopt --undo`, which puts the former tables back)"
                .into(),
        )),
        _ => Ok(()),
    }
}

pub(super) fn load(conn: &mut Conn) -> Result<Option<Progress>> {
    if conn.engine() != Engine::Mysql || !table_exists(conn, TABLE)? {
        return Ok(None);
    }
    let sql = format!("SELECT stage, fix, at, had_ledger FROM {TABLE} WHERE name = ?");
    let head = conn.first(&sql, &params![HEAD], |row| {
        Ok((row.at::<i64>(0)?, row.at::<bool>(1)?, row.at(2)?, row.at::<bool>(3)?))
    })?;
    let Some((stage, fix, at, had_ledger)) = head else { return Ok(None) };
    let Some((_, stage)) = STAGES.iter().find(|(number, _)| *number == stage) else {
        return Err(Error::Failed(format!(
            "the table {TABLE} is of a newer version of this program"
        )));
    };
    let tables = conn.rows(
        &format!(
            "SELECT name, target, rows_before, rows_after, last_id FROM {TABLE} WHERE name <> ? ORDER BY position"
        ),
        &params![HEAD],
        |row| {
            Ok(Counted {
                name: row.at(0)?,
                target: row.at(1)?,
                before: row.at(2)?,
                after: row.at(3)?,
                last_id: row.at(4)?,
            })
        },
    )?;
    Ok(Some(Progress { stage: *stage, fix, at, had_ledger, tables }))
}

/// Begins a run: from now on it is to be finished, or undone.
pub(super) fn begin(
    conn: &mut Conn,
    tables: &[(String, Option<&'static str>)],
    fix: bool,
    had_ledger: bool,
) -> Result<()> {
    conn.batch(&format!(
        "CREATE TABLE IF NOT EXISTS {TABLE} (name VARCHAR(64) NOT NULL, position INT NOT NULL, kept_as VARCHAR(64) \
         NOT NULL, target VARCHAR(64) NULL, rows_before BIGINT NULL, rows_after BIGINT NOT NULL, last_id BIGINT NULL, \
         stage INT NOT NULL, fix TINYINT(1) NOT NULL, had_ledger TINYINT(1) NOT NULL, at DATETIME(6) NULL, \
         PRIMARY KEY (name)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
    ))?;
    let sql = format!(
        "INSERT INTO {TABLE} (name, position, kept_as, target, rows_after, stage, fix, had_ledger) \
         VALUES (?, ?, ?, ?, 0, ?, ?, ?)"
    );
    let stage = number(Stage::PuttingAside);
    together(conn, |conn| {
        conn.run(&format!("DELETE FROM {TABLE}"), &[])?;
        conn.run(&sql, &params![HEAD, 0, "", Option::<&str>::None, stage, fix, had_ledger])?;
        for (position, (name, target)) in tables.iter().enumerate() {
            let kept = kept_name(name);
            conn.run(&sql, &params![name, position + 1, kept, *target, stage, fix, had_ledger])?;
        }
        Ok(())
    })
}

pub(super) fn set_stage(conn: &mut Conn, stage: Stage) -> DbResult<()> {
    let sql = format!("UPDATE {TABLE} SET stage = ? WHERE name = ?");
    conn.run(&sql, &params![number(stage), HEAD]).map(|_| ())
}

/// Notes the rows of the former tables, and goes on to filling.
pub(super) fn counted(conn: &mut Conn, rows: &[(String, i64)]) -> Result<()> {
    together(conn, |conn| {
        for (name, rows) in rows {
            let sql = format!("UPDATE {TABLE} SET rows_before = ? WHERE name = ?");
            conn.run(&sql, &params![*rows, name])?;
        }
        Ok(set_stage(conn, Stage::Filling)?)
    })
}

/// Notes, in the transaction that writes them, that further rows are copied.
pub(super) fn copied(tx: &mut Tx<'_>, name: &str, rows: usize, last_id: i64) -> DbResult<()> {
    let sql = format!("UPDATE {TABLE} SET rows_after = rows_after + ?, last_id = ? WHERE name = ?");
    tx.execute(&sql, &params![rows, last_id, name]).map(|_| ())
}

/// Notes, in the transaction that writes the last rows, that nothing is left to do.
pub fn finish(tx: &mut Tx<'_>) -> DbResult<()> {
    let sql = format!("UPDATE {TABLE} SET stage = ?, at = ? WHERE name = ?");
    let now = tx.now();
    tx.execute(&sql, &params![number(Stage::Done), now, HEAD]).map(|_| ())
}

pub(super) fn forget(conn: &mut Conn) -> DbResult<()> {
    conn.batch(&format!("DROP TABLE IF EXISTS {TABLE}"))
}

/// One transaction.
pub(super) fn together(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<()>) -> Result<()> {
    conn.batch("START TRANSACTION")?;
    match work(conn) {
        Ok(()) => Ok(conn.batch("COMMIT")?),
        Err(error) => {
            let _connection_may_be_gone = conn.batch("ROLLBACK");
            Err(error)
        }
    }
}
