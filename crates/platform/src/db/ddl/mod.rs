//! Table descriptions rendered as DDL, in either dialect.
//!
//! What MySQL's types hold by themselves (lengths, ranges, digits), SQLite holds by CHECK constraints, so that
//! the same value is refused by both. Each SQLite column ends in a comment with its described kind; the
//! schema reader (`schema`) reads it back.

mod mysql;
mod sqlite;

use super::state::{ColumnState, TableState};
use super::table::{Kind, OnDelete, Table};
use super::{Engine, search};

pub use mysql::{LIVE_COLUMN, checks_mysql, column_mysql, keys_mysql, live_column_mysql};
pub use sqlite::{column_sqlite, indexes_sqlite, table_sqlite};

/// The statements that create `table`, in order, each complete in itself.
#[must_use]
pub fn create(table: &Table, engine: Engine) -> Vec<String> {
    create_recorded(&table.into(), engine)
}

/// The same of a recorded table.
#[must_use]
pub fn create_recorded(table: &TableState, engine: Engine) -> Vec<String> {
    let mut statements = match engine {
        Engine::Sqlite => sqlite::create_sqlite(table),
        Engine::Mysql => vec![mysql::create_mysql(table)],
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
