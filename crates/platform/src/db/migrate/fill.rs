//! The steps that only this program can do: folded twins and word indexes of rows that were there before.
//!
//! Each can be done again without harm, so an interrupted one is simply repeated.

use super::statement::Action;
use crate::db::{Conn, DbResult, Engine, Value, search};
use crate::types::fold::fold;

/// Rows read at a time.
const CHUNK: usize = 1_000;

/// Does a step of the program's own; tells whether it was one.
pub(super) fn run(conn: &mut Conn, statement: &str) -> DbResult<bool> {
    match Action::own(statement) {
        Some(Action::Fold(table, column)) => fill_fold(conn, &table, &column)?,
        Some(Action::Words { table, live, columns }) => fill_words(conn, &table, live, &columns)?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn fill_fold(conn: &mut Conn, table: &str, column: &str) -> DbResult<()> {
    let select = format!("SELECT id, {column} FROM {table} WHERE id > ? ORDER BY id LIMIT {CHUNK}");
    let update = format!("UPDATE {table} SET {column}_fold = ? WHERE id = ?");
    let mut last = i64::MIN;
    loop {
        let rows: Vec<(i64, Option<String>)> =
            conn.rows(&select, &[Value::Int(last)], |row| Ok((row.at(0)?, row.at(1)?)))?;
        let Some((id, _)) = rows.last() else { return Ok(()) };
        last = *id;
        together(conn, |conn| {
            for (id, text) in &rows {
                let folded = text.as_deref().map(fold);
                conn.run(&update, &[Value::from(folded), Value::Int(*id)])?;
            }
            Ok(())
        })?;
    }
}

/// One commit for many rows; SQLite migrates in one transaction anyway.
fn together(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> DbResult<()>) -> DbResult<()> {
    if conn.engine() == Engine::Sqlite {
        return work(conn);
    }
    conn.batch("START TRANSACTION")?;
    let outcome = work(conn);
    let end = conn.batch(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" });
    outcome.and(end)
}

fn fill_words(conn: &mut Conn, table: &str, live: bool, columns: &[String]) -> DbResult<()> {
    conn.run(&format!("DELETE FROM {}", search::index_name(table)), &[])?;
    let live = if live { " AND deleted_at IS NULL" } else { "" };
    let select = format!(
        "SELECT id, {} FROM {table} WHERE id > ?{live} ORDER BY id LIMIT {CHUNK}",
        columns.join(", ")
    );
    let mut last = i64::MIN;
    loop {
        let rows = conn.rows(&select, &[Value::Int(last)], |row| {
            let texts = (1..=columns.len())
                .map(|position| row.at(position))
                .collect::<DbResult<Vec<Option<String>>>>()?;
            Ok((row.at::<i64>(0)?, search::row_words(texts.iter().flatten().map(String::as_str))))
        })?;
        let Some((id, _)) = rows.last() else { return Ok(()) };
        last = *id;
        let mut words: Vec<(String, i64)> = rows
            .into_iter()
            .flat_map(|(id, words)| words.into_iter().map(move |word| (word, id)))
            .collect();
        words.sort_unstable();
        for chunk in words.chunks(CHUNK) {
            let values: Vec<Value> =
                chunk.iter().flat_map(|(word, id)| [Value::from(word), Value::Int(*id)]).collect();
            conn.run(&search::insert_sql(table, chunk.len()), &values)?;
        }
    }
}
