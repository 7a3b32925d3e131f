//! Table descriptions rendered as DDL, in either dialect.
//!
//! What MySQL's types hold by themselves (lengths, ranges, digits), SQLite holds by CHECK constraints, so that
//! the same value is refused by both. Each SQLite column ends in a comment with its described kind; the
//! schema reader (`schema`) reads it back.

use super::state::{ColumnState, TableState, UniqueState};
use super::table::{Kind, OnDelete, Table};
use super::{Engine, search};

/// The statements that create `table`, in order, each complete in itself.
#[must_use]
pub fn create(table: &Table, engine: Engine) -> Vec<String> {
    create_recorded(&table.into(), engine)
}

/// The same of a recorded table.
#[must_use]
pub fn create_recorded(table: &TableState, engine: Engine) -> Vec<String> {
    let mut statements = match engine {
        Engine::Sqlite => create_sqlite(table),
        Engine::Mysql => vec![create_mysql(table)],
    };
    statements.extend(create_words(table, engine));
    statements
}

/// The statements that create the word index of `table`, if it has one.
#[must_use]
pub fn create_words(table: &TableState, engine: Engine) -> Option<String> {
    search::index_table(table).map(|index| match engine {
        Engine::Sqlite => index.sqlite,
        Engine::Mysql => index.mysql,
    })
}

/// The kind as the schema reader names it.
#[must_use]
pub fn kind_name(kind: Kind) -> String {
    match kind {
        Kind::Id => "id".into(),
        Kind::Int => "int".into(),
        Kind::Ref => "ref".into(),
        Kind::Bool => "bool".into(),
        Kind::Decimal { digits, places } => format!("decimal({digits},{places})"),
        Kind::Text(max) => format!("varchar({max})"),
        Kind::LongText => "text".into(),
        Kind::Date => "date".into(),
        Kind::Time => "time".into(),
        Kind::DateTime => "datetime".into(),
    }
}

/// Columns as they stand in the database: a folded one is followed by its `_fold` twin.
#[must_use]
pub fn physical_columns(table: &TableState) -> Vec<ColumnState> {
    let mut columns = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        columns.push(column.clone());
        columns.extend(twin(column));
    }
    columns
}

/// The `_fold` column beside a folded one.
#[must_use]
pub fn twin(column: &ColumnState) -> Option<ColumnState> {
    column.folded.then(|| ColumnState {
        name: format!("{}_fold", column.name),
        choices: Vec::new(),
        folded: false,
        ..column.clone()
    })
}

/// Indexes as they stand: the described ones, and one for each foreign key that leads none.
#[must_use]
pub fn physical_indexes(table: &TableState) -> Vec<(String, Vec<String>)> {
    let mut indexes: Vec<(String, Vec<String>)> =
        table.indexes.iter().map(|index| (index.name.clone(), index.columns.clone())).collect();
    for column in table.columns.iter().filter(|column| column.references.is_some()) {
        let leads = |columns: &[String]| columns.first() == Some(&column.name);
        let covered = table.indexes.iter().any(|index| leads(&index.columns))
            || table.uniques.iter().any(|unique| !unique.live && leads(&unique.columns))
            || leads(&table.key);
        if !covered {
            indexes.push((format!("ix_{}_{}", table.name, column.name), vec![column.name.clone()]));
        }
    }
    indexes
}

/// The name of the foreign key on `column`.
#[must_use]
pub fn foreign_key_name(table: &str, column: &str) -> String {
    format!("fk_{table}_{column}")
}

/// The foreign keys: name, and the whole constraint.
#[must_use]
pub fn foreign_keys(table: &TableState, engine: Engine) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for column in &table.columns {
        let Some((parent, action)) = &column.references else { continue };
        let name = foreign_key_name(&table.name, &column.name);
        let text = format!(
            "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {}",
            quoted(engine, &name),
            quoted(engine, &column.name),
            quoted(engine, parent),
            quoted(engine, "id"),
            on_delete(*action)
        );
        keys.push((name, text));
    }
    keys
}

fn on_delete(action: OnDelete) -> &'static str {
    match action {
        // NO ACTION and RESTRICT are the same for an immediate key; MySQL knows only the former in effect.
        OnDelete::Restrict => "NO ACTION",
        OnDelete::Cascade => "CASCADE",
        OnDelete::SetNull => "SET NULL",
    }
}

/// A name in the engine's quotes.
#[must_use]
pub fn quoted(engine: Engine, name: &str) -> String {
    match engine {
        Engine::Sqlite => format!("\"{name}\""),
        Engine::Mysql => format!("`{name}`"),
    }
}

/// Names in the engine's quotes, with commas.
#[must_use]
pub fn list(engine: Engine, names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| quoted(engine, name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Rules of a column beyond its type, as one CHECK expression.
#[must_use]
pub fn check(engine: Engine, column: &ColumnState) -> Option<String> {
    let quoted_name = quoted(engine, &column.name);
    let mut rules = Vec::new();
    if engine == Engine::Sqlite {
        match column.kind {
            Kind::Bool => rules.push(format!("{quoted_name} IN (0, 1)")),
            Kind::Int => rules.push(format!("{quoted_name} BETWEEN -2147483648 AND 2147483647")),
            Kind::Decimal { digits, .. } => {
                let limit = 10_i64.pow(u32::from(digits)) - 1;
                rules.push(format!("{quoted_name} BETWEEN -{limit} AND {limit}"));
            }
            Kind::Text(max) => rules.push(format!("length({quoted_name}) <= {max}")),
            Kind::Date => rules.push(format!("length({quoted_name}) = 10")),
            Kind::Time => rules.push(format!("length({quoted_name}) = 15")),
            Kind::DateTime => rules.push(format!("length({quoted_name}) = 26")),
            Kind::Id | Kind::Ref | Kind::LongText => {}
        }
    }
    if !column.choices.is_empty() {
        let choices = column
            .choices
            .iter()
            .map(|choice| format!("'{choice}'"))
            .collect::<Vec<_>>()
            .join(", ");
        rules.push(format!("{quoted_name} IN ({choices})"));
    }
    if let Some(min) = column.min {
        let min = match (engine, column.kind) {
            (Engine::Sqlite, Kind::Decimal { places, .. }) => min * 10_i64.pow(u32::from(places)),
            _ => min,
        };
        rules.push(format!("{quoted_name} >= {min}"));
    }
    (!rules.is_empty()).then(|| rules.join(" AND "))
}

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

fn create_sqlite(table: &TableState) -> Vec<String> {
    let indexes = indexes_sqlite(table).into_iter().map(|(_, text)| text);
    std::iter::once(table_sqlite(table, &table.name)).chain(indexes).collect()
}

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

fn create_mysql(table: &TableState) -> String {
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
