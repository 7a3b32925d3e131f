//! Tables in MySQL's dialect.

use super::{check, foreign_keys, list, physical_columns, physical_indexes, quoted};
use crate::db::state::{ColumnState, TableState, UniqueState};
use crate::db::{Engine, Kind};

/// The generated column that makes soft-deleted rows invisible to a unique index on MySQL.
pub const LIVE_COLUMN: &str = "is_live";

/// That column's definition.
#[must_use]
pub fn live_column_mysql() -> String {
    format!("`{LIVE_COLUMN}` TINYINT(1) AS (IF(`deleted_at` IS NULL, 1, NULL)) VIRTUAL")
}

/// A column's type on MySQL and whether it may be NULL.
#[must_use]
pub fn column_mysql(column: &ColumnState) -> String {
    let storage = match column.kind {
        Kind::Id | Kind::Ref => "BIGINT".to_owned(),
        Kind::Int => "INT".to_owned(),
        Kind::Bool => "TINYINT(1)".to_owned(),
        Kind::Decimal { digits, places } => format!("DECIMAL({digits},{places})"),
        Kind::Text(max) => format!("VARCHAR({max})"),
        Kind::LongText => "LONGTEXT".to_owned(),
        Kind::Date => "DATE".to_owned(),
        Kind::Time => "TIME(6)".to_owned(),
        Kind::DateTime => "DATETIME(6)".to_owned(),
    };
    let mut line = format!("{} {storage}", quoted(Engine::Mysql, &column.name));
    line.push_str(if column.null { " NULL" } else { " NOT NULL" });
    if column.kind == Kind::Id {
        line.push_str(" AUTO_INCREMENT");
    }
    line
}

/// The keys of MySQL, by name: unique sets, then indexes.
#[must_use]
pub fn keys_mysql(table: &TableState) -> Vec<(String, String)> {
    let engine = Engine::Mysql;
    let uniques = table.uniques.iter().map(|unique| {
        let columns = list(engine, &unique_columns_mysql(unique));
        let text = format!("UNIQUE KEY {} ({columns})", quoted(engine, &unique.name));
        (unique.name.clone(), text)
    });
    let indexes = physical_indexes(table).into_iter().map(|(name, columns)| {
        let text = format!("KEY {} ({})", quoted(engine, &name), list(engine, &columns));
        (name, text)
    });
    uniques.chain(indexes).collect()
}

/// The rules of MySQL, by name.
#[must_use]
pub fn checks_mysql(table: &TableState) -> Vec<(String, String)> {
    let mut rules = Vec::new();
    for column in physical_columns(table) {
        if let Some(rule) = check(Engine::Mysql, &column) {
            let name = format!("ck_{}_{}", table.name, column.name);
            let text = format!("CONSTRAINT `{name}` CHECK ({rule})");
            rules.push((name, text));
        }
    }
    rules
}

pub(super) fn create_mysql(table: &TableState) -> String {
    let engine = Engine::Mysql;
    let mut lines: Vec<String> = physical_columns(table).iter().map(column_mysql).collect();
    if table.uniques.iter().any(|unique| unique.live) {
        lines.push(live_column_mysql());
    }
    lines.push(format!("PRIMARY KEY ({})", list(engine, &table.key)));
    lines.extend(keys_mysql(table).into_iter().map(|(_, text)| text));
    lines.extend(foreign_keys(table, engine).into_iter().map(|(_, text)| text));
    lines.extend(checks_mysql(table).into_iter().map(|(_, text)| text));
    let lines: Vec<String> = lines.iter().map(|line| format!("  {line}")).collect();
    format!(
        "CREATE TABLE {} (\n{}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
        quoted(engine, &table.name),
        lines.join(",\n")
    )
}

/// A unique set's columns on MySQL, with the live marker where only live rows count.
fn unique_columns_mysql(unique: &UniqueState) -> Vec<String> {
    let marker = unique.live.then(|| LIVE_COLUMN.to_owned());
    unique.columns.iter().cloned().chain(marker).collect()
}
