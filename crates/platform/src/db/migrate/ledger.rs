//! The table of applied migrations.
//!
//! Its name is not Django's: a database of the program this one replaces has a `django_migrations` table with
//! the same module names and another meaning.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::Migration;
use crate::db::{Conn, DbResult, Engine};
use crate::params;
use crate::types::time::Moment;

/// What the ledger says of one migration.
#[derive(Clone, Debug)]
pub struct Record {
    /// Checksum of the text that was applied.
    pub checksum: String,
    /// Statements done so far (MySQL commits each).
    pub step: i64,
    /// When it was finished; `None` while under way.
    pub applied_at: Option<Moment>,
}

const TABLE: &str = "schema_migrations";

/// The checksum of a migration's text for an engine.
#[must_use]
pub fn checksum(migration: &Migration, engine: Engine) -> String {
    let digest = Sha256::digest(migration.text(engine).replace("\r\n", "\n").as_bytes());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Makes the ledger if it is not there.
pub fn ensure(conn: &mut Conn) -> DbResult<()> {
    let sql = match conn.engine() {
        Engine::Sqlite => {
            "CREATE TABLE IF NOT EXISTS schema_migrations (app TEXT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL, \
             step INTEGER NOT NULL, applied_at TEXT NULL, PRIMARY KEY (app, name)) STRICT"
        }
        Engine::Mysql => {
            "CREATE TABLE IF NOT EXISTS schema_migrations (app VARCHAR(64) NOT NULL, name VARCHAR(128) NOT NULL, \
             checksum VARCHAR(64) NOT NULL, step INT NOT NULL, applied_at DATETIME(6) NULL, PRIMARY KEY (app, name)) \
             ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
        }
    };
    conn.batch(sql)
}

/// All records, by module and name; empty if there is no ledger yet.
pub fn load(conn: &mut Conn) -> DbResult<HashMap<(String, String), Record>> {
    if !table_exists(conn, TABLE)? {
        return Ok(HashMap::new());
    }
    let rows = conn.rows(
        "SELECT app, name, checksum, step, applied_at FROM schema_migrations",
        &[],
        |row| {
            Ok((
                (row.get("app")?, row.get("name")?),
                Record {
                    checksum: row.get("checksum")?,
                    step: row.get("step")?,
                    applied_at: row.get("applied_at")?,
                },
            ))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// Notes that a migration is under way.
pub fn begin(conn: &mut Conn, migration: &Migration) -> DbResult<()> {
    let engine = conn.engine();
    conn.run(
        "INSERT INTO schema_migrations (app, name, checksum, step, applied_at) VALUES (?, ?, ?, 0, NULL)",
        &params![migration.module, migration.name, checksum(migration, engine)],
    )
    .map(|_| ())
}

/// Notes how many of its statements are done.
pub fn advance(conn: &mut Conn, migration: &Migration, step: i64) -> DbResult<()> {
    conn.run(
        "UPDATE schema_migrations SET step = ? WHERE app = ? AND name = ?",
        &params![step, migration.module, migration.name],
    )
    .map(|_| ())
}

/// Notes that it is finished.
pub fn finish(conn: &mut Conn, migration: &Migration, at: Moment) -> DbResult<()> {
    conn.run(
        "UPDATE schema_migrations SET applied_at = ? WHERE app = ? AND name = ?",
        &params![at, migration.module, migration.name],
    )
    .map(|_| ())
}

/// Notes a migration as applied that was not run: its tables are there already, or somebody says so.
pub fn record(conn: &mut Conn, migration: &Migration, at: Moment) -> DbResult<()> {
    let engine = conn.engine();
    conn.run(
        "DELETE FROM schema_migrations WHERE app = ? AND name = ?",
        &params![migration.module, migration.name],
    )?;
    conn.run(
        "INSERT INTO schema_migrations (app, name, checksum, step, applied_at) VALUES (?, ?, ?, ?, ?)",
        &params![
            migration.module,
            migration.name,
            checksum(migration, engine),
            migration.statements(engine).count(),
            at
        ],
    )
    .map(|_| ())
}

/// Whether the database has a table of that name.
pub fn table_exists(conn: &mut Conn, table: &str) -> DbResult<bool> {
    let sql = match conn.engine() {
        Engine::Sqlite => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?",
        Engine::Mysql => {
            "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?"
        }
    };
    conn.exists(sql, &params![table])
}
