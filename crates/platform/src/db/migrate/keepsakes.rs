//! What an operator added to a SQLite database by hand and a rebuilt table would take along: triggers, views and
//! indexes. They are put aside before a migration and back in place after it.

use super::Migration;
use super::statement::{Action, actions};
use crate::db::{Conn, DbResult, Engine};
use crate::error::{Error, Result};
use crate::params;

/// Put aside for the time of one migration.
pub(super) struct Keepsakes(Vec<Keepsake>);

struct Keepsake {
    kind: String,
    name: String,
    table: String,
    sql: String,
}

/// Takes triggers and views away, if the migration rebuilds or renames anything, and remembers the indexes.
pub(super) fn put_aside(conn: &mut Conn, migration: &Migration) -> DbResult<Keepsakes> {
    let moves = migration
        .statements(Engine::Sqlite)
        .flat_map(actions)
        .any(|action| matches!(action, Action::RenameTable(..) | Action::DropTable(_)));
    if !moves {
        return Ok(Keepsakes(Vec::new()));
    }
    let kept = conn.rows(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('trigger', 'view', 'index') \
         AND sql IS NOT NULL",
        &[],
        |row| Ok(Keepsake { kind: row.at(0)?, name: row.at(1)?, table: row.at(2)?, sql: row.at(3)? }),
    )?;
    for item in kept.iter().filter(|item| item.kind != "index") {
        conn.batch(&format!("DROP {} \"{}\"", item.kind, item.name.replace('"', "\"\"")))?;
    }
    Ok(Keepsakes(kept))
}

/// Puts back what the migration took along without meaning to: what it does not name itself, of a table that
/// is still there.
pub(super) fn put_back(conn: &mut Conn, migration: &Migration, kept: &Keepsakes) -> Result<()> {
    for item in &kept.0 {
        let exists = "SELECT 1 FROM sqlite_master WHERE name = ?";
        let is_named = migration.sqlite.contains(&format!("\"{}\"", item.name));
        let is_there = conn.exists(exists, &params![item.name.as_str()])?;
        let is_homeless =
            item.kind != "view" && !conn.exists(exists, &params![item.table.as_str()])?;
        if is_there || is_homeless || item.kind == "index" && is_named {
            continue;
        }
        conn.batch(&item.sql).map_err(|error| {
            Error::Failed(format!(
                "the {} {}, which was added to this database by hand, does not fit the tables after {}.{}: {error}. \
                 Everything was undone; remove it first",
                item.kind, item.name, migration.module, migration.name
            ))
        })?;
    }
    Ok(())
}
