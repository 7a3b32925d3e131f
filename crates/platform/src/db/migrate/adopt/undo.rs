//! The way back, and the end of what was kept.

use super::super::{ledger, runner};
use super::KEPT;
use super::progress::{self, Progress, Stage};
use super::standing::kept_name;
use crate::app::Program;
use crate::db::{Conn, DbError, Table, search, system};
use crate::error::{Error, Result};
use crate::params;

/// Undoes an unfinished run: this program's tables go, the former ones get their names back.
pub fn undo(conn: &mut Conn, program: &Program) -> Result<()> {
    runner::locked(conn, |conn| {
        match progress::load(conn)? {
        Some(progress) if progress.stage != Stage::Done => undo_locked(conn, program, &progress),
        Some(_) => Err(Error::Failed(
            "this database was taken over completely, and may have new rows since; to return to the former program, \
             restore the backup made before"
                .into(),
        )),
        None => Err(Error::Failed("there is nothing to undo".into())),
    }
    })
}

/// Can be killed and done again: a table goes only when the former one is safe under its kept name.
pub(super) fn undo_locked(conn: &mut Conn, program: &Program, progress: &Progress) -> Result<()> {
    progress::set_stage(conn, Stage::Undoing)?;
    let modules = program.modules.iter().flat_map(|module| module.tables).copied();
    let mut tables: Vec<&'static Table> = modules.collect();
    if !progress.had_ledger {
        tables.extend(system::TABLES);
    }
    conn.batch("SET SESSION foreign_key_checks = 0")?;
    for table in tables {
        let is_former = progress.tables.iter().any(|former| former.name == table.name);
        if is_former && !ledger::table_exists(conn, &kept_name(table.name))? {
            continue; // it is still, or again, the former one
        }
        for name in [search::index_name(table.name), table.name.to_owned()] {
            conn.batch(&format!("DROP TABLE IF EXISTS `{name}`"))?;
        }
    }
    conn.batch("SET SESSION foreign_key_checks = 1")?;
    if !progress.had_ledger {
        conn.batch("DROP TABLE IF EXISTS schema_migrations")?;
    } else if ledger::table_exists(conn, "schema_migrations")? {
        for module in program.modules {
            conn.run("DELETE FROM schema_migrations WHERE app = ?", &params![module.name])?;
        }
        for table in program.modules.iter().flat_map(|module| module.tables) {
            conn.run("DELETE FROM row_counts WHERE table_name = ?", &params![table.name])?;
        }
    }
    let mut renames = Vec::new();
    for former in &progress.tables {
        let kept = kept_name(&former.name);
        if ledger::table_exists(conn, &kept)? {
            renames.push(format!("`{kept}` TO `{}`", former.name));
        }
    }
    if !renames.is_empty() {
        conn.batch(&format!("RENAME TABLE {}", renames.join(", ")))?;
    }
    Ok(progress::forget(conn)?)
}

/// The former tables that are kept, with their rows.
pub fn kept_tables(conn: &mut Conn) -> Result<Vec<(String, i64)>> {
    let names: Vec<String> = conn.rows(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND \
         LEFT(table_name, CHAR_LENGTH(?)) = ? ORDER BY table_name",
        &params![KEPT, KEPT],
        |row| row.at(0),
    )?;
    let mut kept = Vec::new();
    for name in names {
        let rows = conn.one(&format!("SELECT COUNT(*) FROM `{name}`"), &[])?;
        kept.push((name, rows));
    }
    Ok(kept)
}

/// Removes the former tables for good.
pub fn remove_kept(conn: &mut Conn) -> Result<usize> {
    progress::refuse_unfinished(conn)?;
    let kept = kept_tables(conn)?;
    conn.batch("SET SESSION foreign_key_checks = 0")?;
    for (name, _) in &kept {
        conn.batch(&format!("DROP TABLE `{name}`"))?;
    }
    conn.batch("SET SESSION foreign_key_checks = 1")?;
    Ok(kept.len())
}

/// An error in words for an operator.
pub(super) fn sentence(error: &Error) -> String {
    match error {
        Error::Db(DbError::Sql { message, .. }) => message.clone(),
        Error::Db(error) => error.to_string(),
        Error::Refused(refusal) => {
            let fields: Vec<String> = refusal
                .fields
                .iter()
                .map(|field| format!("{}: {}", field.field, field.code))
                .collect();
            format!("a row was refused ({} {})", refusal.code, fields.join(", "))
        }
        Error::Failed(text) => text.clone(),
    }
}
