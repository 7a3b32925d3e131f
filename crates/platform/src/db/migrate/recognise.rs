//! Whether a statement of an interrupted migration had been done (MySQL commits around each).

use super::ledger::table_exists;
use super::statement::{Action, actions};
use crate::db::{Conn, DbResult};
use crate::params;

/// Whether what the statement makes is there and what it removes is gone. A statement that can be repeated
/// without harm is never called done.
pub(in crate::db) fn is_done(conn: &mut Conn, statement: &str) -> DbResult<bool> {
    let mut seen = false;
    for action in actions(statement) {
        match shows(conn, &action)? {
            Some(true) => seen = true,
            Some(false) => return Ok(false),
            None => {}
        }
    }
    Ok(seen)
}

fn shows(conn: &mut Conn, action: &Action) -> DbResult<Option<bool>> {
    Ok(Some(match action {
        Action::CreateTable(table) => table_exists(conn, table)?,
        Action::DropTable(table) => !table_exists(conn, table)?,
        Action::RenameTable(from, to) => table_exists(conn, to)? && !table_exists(conn, from)?,
        Action::AddColumn(table, column) => has_column(conn, table, column)?,
        Action::DropColumn(table, column) => !has_column(conn, table, column)?,
        Action::RenameColumn(table, from, to) => {
            has_column(conn, table, to)? && !has_column(conn, table, from)?
        }
        Action::AddIndex(table, name) => has_index(conn, table, name)?,
        Action::DropIndex(Some(table), name) => !has_index(conn, table, name)?,
        Action::AddConstraint(table, name) => has_constraint(conn, table, name)?,
        Action::DropConstraint(table, name) => !has_constraint(conn, table, name)?,
        Action::DropIndex(None, _)
        | Action::ChangeColumn(..)
        | Action::WriteRows(_)
        | Action::Fold(..)
        | Action::Words { .. }
        | Action::Other(_) => return Ok(None),
    }))
}

fn has_column(conn: &mut Conn, table: &str, column: &str) -> DbResult<bool> {
    let sql = "SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? \
               AND column_name = ?";
    conn.exists(sql, &params![table, column])
}

fn has_index(conn: &mut Conn, table: &str, name: &str) -> DbResult<bool> {
    let sql = "SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? \
               AND index_name = ?";
    conn.exists(sql, &params![table, name])
}

fn has_constraint(conn: &mut Conn, table: &str, name: &str) -> DbResult<bool> {
    let sql = "SELECT 1 FROM information_schema.table_constraints WHERE constraint_schema = DATABASE() \
               AND table_name = ? AND constraint_name = ?";
    conn.exists(sql, &params![table, name])
}
