//! Fills empty tables with a backup's rows under their own ids, and compares the whole with the manifest.

use super::super::manifest::{Counted, Member};
use super::super::rows;
use super::super::tables::TableShape;
use crate::db::{Conn, Engine, Value};
use crate::error::{Error, Result};
use crate::params;

/// Values of one statement at most.
const VALUES: usize = 8_000;

/// Keys are checked as a whole at the end: rows come table by table, and a table may refer to itself.
pub(super) fn begin(conn: &mut Conn) -> Result<()> {
    conn.batch(match conn.engine() {
        Engine::Sqlite => "PRAGMA foreign_keys = OFF",
        Engine::Mysql => "SET SESSION foreign_key_checks = 0",
    })?;
    Ok(())
}

/// Inserts the rows of one member.
pub(super) fn rows(
    conn: &mut Conn,
    table: &TableShape,
    member: &Member,
    text: &[u8],
) -> Result<()> {
    let per_statement = (VALUES / table.columns.len().max(1)).clamp(1, 500);
    let group = format!("({})", vec!["?"; table.columns.len()].join(", "));
    let lines: Vec<&[u8]> =
        text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    conn.batch("BEGIN")?;
    let mut values: Vec<Value> = Vec::new();
    for (number, chunk) in lines.chunks(per_statement).enumerate() {
        values.clear();
        for (line, text) in chunk.iter().enumerate() {
            rows::read(text, table, &mut values).map_err(|reason| {
                let line = number * per_statement + line + 1;
                Error::Failed(format!("{} line {line}: {reason}", member.name))
            })?;
        }
        let places = vec![group.as_str(); chunk.len()].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES {places}", table.name, table.column_list());
        conn.run(&sql, &values).map_err(|error| {
            Error::Failed(format!("{}: the database refuses a row ({error})", member.name))
        })?;
    }
    conn.batch("COMMIT")?;
    Ok(())
}

/// Counts rows, checks references and sets the counters of ids.
pub(super) fn end(conn: &mut Conn, tables: &[Counted]) -> Result<()> {
    for table in tables {
        let name = &table.shape.name;
        let rows: i64 = conn.one(&format!("SELECT COUNT(*) FROM {name}"), &[])?;
        if u64::try_from(rows).ok() != Some(table.rows) {
            return Err(Error::Failed(format!(
                "{name} has {rows} rows after the restore, and the backup {}",
                table.rows
            )));
        }
        for column in &table.shape.columns {
            let (Some(parent), child) = (&column.parent, &column.name) else { continue };
            let sql = format!(
                "SELECT 1 FROM {name} child_row LEFT JOIN {parent} parent_row ON parent_row.id = child_row.{child} \
                 WHERE child_row.{child} IS NOT NULL AND parent_row.id IS NULL LIMIT 1"
            );
            if conn.exists(&sql, &[])? {
                return Err(Error::Failed(format!(
                    "a row of {name} refers by {child} to a row of {parent} that is not there"
                )));
            }
        }
        if let Some(next) = table.next_id {
            count_from(conn, name, next)?;
        }
    }
    conn.batch(match conn.engine() {
        Engine::Sqlite => "PRAGMA foreign_keys = ON",
        Engine::Mysql => "SET SESSION foreign_key_checks = 1",
    })?;
    Ok(())
}

fn count_from(conn: &mut Conn, table: &str, next: i64) -> Result<()> {
    match conn.engine() {
        Engine::Sqlite => {
            let last = params![next.saturating_sub(1), table];
            if conn.run("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", &last)? == 0 {
                conn.run("INSERT INTO sqlite_sequence (seq, name) VALUES (?, ?)", &last)?;
            }
        }
        Engine::Mysql => conn.batch(&format!("ALTER TABLE {table} AUTO_INCREMENT = {next}"))?,
    }
    Ok(())
}
