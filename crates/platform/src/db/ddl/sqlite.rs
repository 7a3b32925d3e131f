//! Tables in SQLite's dialect.

use super::{check, foreign_keys, kind_name, list, physical_columns, physical_indexes, quoted};
use crate::db::state::{ColumnState, TableState};
use crate::db::{Engine, Kind};

/// A column's line in SQLite, without its foreign key.
#[must_use]
pub fn column_sqlite(column: &ColumnState, key: Option<&str>) -> String {
    let engine = Engine::Sqlite;
    let storage = match column.kind {
        Kind::Id | Kind::Int | Kind::Ref | Kind::Bool | Kind::Decimal { .. } => "INTEGER",
        Kind::Text(_) | Kind::LongText | Kind::Date | Kind::Time | Kind::DateTime => "TEXT",
    };
    let mut line = format!("{} {storage}", quoted(engine, &column.name));
    line.push_str(if column.null { " NULL" } else { " NOT NULL" });
    if column.kind == Kind::Id {
        // AUTOINCREMENT: a number once given is never given again, as on MySQL.
        line.push_str(" PRIMARY KEY AUTOINCREMENT");
    }
    if let Some(key) = key {
        line.push_str(&format!(" {key}"));
    }
    if let Some(rule) = check(engine, column) {
        line.push_str(&format!(" CHECK ({rule})"));
    }
    line.push_str(&format!(" /* {} */", kind_name(column.kind)));
    line
}

/// The CREATE TABLE of SQLite under a name of choice.
#[must_use]
pub fn table_sqlite(table: &TableState, name: &str) -> String {
    let engine = Engine::Sqlite;
    let mut lines: Vec<String> = physical_columns(table)
        .iter()
        .map(|column| format!("  {}", column_sqlite(column, None)))
        .collect();
    if table.key != ["id"] {
        lines.push(format!("  PRIMARY KEY ({})", list(engine, &table.key)));
    }
    lines.extend(foreign_keys(table, engine).into_iter().map(|(_, text)| format!("  {text}")));
    format!("CREATE TABLE {} (\n{}\n) STRICT", quoted(engine, name), lines.join(",\n"))
}

/// The CREATE INDEX statements of SQLite, by the name of the index.
#[must_use]
pub fn indexes_sqlite(table: &TableState) -> Vec<(String, String)> {
    let engine = Engine::Sqlite;
    let mut statements = Vec::new();
    for unique in &table.uniques {
        let condition = if unique.live { " WHERE \"deleted_at\" IS NULL" } else { "" };
        let text = format!(
            "CREATE UNIQUE INDEX {} ON {} ({}){condition}",
            quoted(engine, &unique.name),
            quoted(engine, &table.name),
            list(engine, &unique.columns)
        );
        statements.push((unique.name.clone(), text));
    }
    for (name, columns) in physical_indexes(table) {
        let text = format!(
            "CREATE INDEX {} ON {} ({})",
            quoted(engine, &name),
            quoted(engine, &table.name),
            list(engine, &columns)
        );
        statements.push((name, text));
    }
    statements
}

pub(super) fn create_sqlite(table: &TableState) -> Vec<String> {
    let indexes = indexes_sqlite(table).into_iter().map(|(_, text)| text);
    std::iter::once(table_sqlite(table, &table.name)).chain(indexes).collect()
}
