//! Table descriptions rendered as DDL, in either dialect.
//!
//! What MySQL's types hold by themselves (lengths, ranges, digits), SQLite holds by CHECK constraints, so that
//! the same value is refused by both. Each SQLite column ends in a comment with its described kind; the
//! schema reader (`schema`) reads it back.

use super::table::{Column, Kind, OnDelete, Table, Unique};
use super::{Engine, search};

/// The statements that create `table`, in order, each complete in itself.
#[must_use]
pub fn create(table: &Table, engine: Engine) -> Vec<String> {
    let mut statements = match engine {
        Engine::Sqlite => create_sqlite(table),
        Engine::Mysql => vec![create_mysql(table)],
    };
    if let Some(index) = search::index_table(table) {
        statements.push(match engine {
            Engine::Sqlite => index.sqlite,
            Engine::Mysql => index.mysql,
        });
    }
    statements
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
pub fn physical_columns(table: &Table) -> Vec<(String, Column)> {
    let mut columns = Vec::with_capacity(table.columns.len());
    for column in table.columns {
        columns.push((column.name.to_owned(), *column));
        if column.folded {
            let mut twin = *column;
            twin.choices = &[];
            columns.push((format!("{}_fold", column.name), twin));
        }
    }
    columns
}

/// Indexes as they stand: the described ones, and one for each foreign key that leads none.
#[must_use]
pub fn physical_indexes(table: &Table) -> Vec<(String, Vec<String>)> {
    let mut indexes: Vec<(String, Vec<String>)> = table
        .indexes
        .iter()
        .map(|index| {
            (index.name.to_owned(), index.columns.iter().map(ToString::to_string).collect())
        })
        .collect();
    for column in table.columns.iter().filter(|column| column.references.is_some()) {
        let leads = |columns: &[&str]| columns.first() == Some(&column.name);
        let covered = table.indexes.iter().any(|index| leads(index.columns))
            || table.uniques.iter().any(|unique| !unique.live && leads(unique.columns))
            || leads(table.key);
        if !covered {
            indexes
                .push((format!("ix_{}_{}", table.name, column.name), vec![column.name.to_owned()]));
        }
    }
    indexes
}

/// The name of the foreign key on `column`.
#[must_use]
pub fn foreign_key_name(table: &str, column: &str) -> String {
    format!("fk_{table}_{column}")
}

fn on_delete(action: OnDelete) -> &'static str {
    match action {
        // NO ACTION and RESTRICT are the same for an immediate key; MySQL knows only the former in effect.
        OnDelete::Restrict => "NO ACTION",
        OnDelete::Cascade => "CASCADE",
        OnDelete::SetNull => "SET NULL",
    }
}

fn quoted(engine: Engine, name: &str) -> String {
    match engine {
        Engine::Sqlite => format!("\"{name}\""),
        Engine::Mysql => format!("`{name}`"),
    }
}

fn list(engine: Engine, names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| quoted(engine, name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Rules of a column beyond its type, as one CHECK expression.
fn check(engine: Engine, name: &str, column: &Column) -> Option<String> {
    let quoted_name = quoted(engine, name);
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

fn create_sqlite(table: &Table) -> Vec<String> {
    let engine = Engine::Sqlite;
    let mut lines = Vec::new();
    for (name, column) in physical_columns(table) {
        let storage = match column.kind {
            Kind::Id | Kind::Int | Kind::Ref | Kind::Bool | Kind::Decimal { .. } => "INTEGER",
            Kind::Text(_) | Kind::LongText | Kind::Date | Kind::Time | Kind::DateTime => "TEXT",
        };
        let mut line = format!("  {} {storage}", quoted(engine, &name));
        line.push_str(if column.null { " NULL" } else { " NOT NULL" });
        if column.kind == Kind::Id {
            // AUTOINCREMENT: a number once given is never given again, as on MySQL.
            line.push_str(" PRIMARY KEY AUTOINCREMENT");
        }
        if let Some(rule) = check(engine, &name, &column) {
            line.push_str(&format!(" CHECK ({rule})"));
        }
        line.push_str(&format!(" /* {} */", kind_name(column.kind)));
        lines.push(line);
    }
    if table.key != ["id"] {
        lines.push(format!("  PRIMARY KEY ({})", list(engine, table.key)));
    }
    lines.extend(foreign_keys(table, engine));
    let mut statements = vec![format!(
        "CREATE TABLE {} (\n{}\n) STRICT",
        quoted(engine, table.name),
        lines.join(",\n")
    )];
    for unique in table.uniques {
        let condition = if unique.live { " WHERE \"deleted_at\" IS NULL" } else { "" };
        statements.push(format!(
            "CREATE UNIQUE INDEX {} ON {} ({}){condition}",
            quoted(engine, unique.name),
            quoted(engine, table.name),
            list(engine, unique.columns)
        ));
    }
    for (name, columns) in physical_indexes(table) {
        statements.push(format!(
            "CREATE INDEX {} ON {} ({})",
            quoted(engine, &name),
            quoted(engine, table.name),
            list(engine, &columns)
        ));
    }
    statements
}

/// The generated column that makes soft-deleted rows invisible to a unique index on MySQL.
pub const LIVE_COLUMN: &str = "is_live";

fn create_mysql(table: &Table) -> String {
    let engine = Engine::Mysql;
    let mut lines = Vec::new();
    for (name, column) in physical_columns(table) {
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
        let mut line = format!("  {} {storage}", quoted(engine, &name));
        line.push_str(if column.null { " NULL" } else { " NOT NULL" });
        if column.kind == Kind::Id {
            line.push_str(" AUTO_INCREMENT");
        }
        lines.push(line);
    }
    if table.uniques.iter().any(|unique| unique.live) {
        lines.push(format!(
            "  {} TINYINT(1) AS (IF(`deleted_at` IS NULL, 1, NULL)) VIRTUAL",
            quoted(engine, LIVE_COLUMN)
        ));
    }
    lines.push(format!("  PRIMARY KEY ({})", list(engine, table.key)));
    for unique in table.uniques {
        lines.push(format!(
            "  UNIQUE KEY {} ({})",
            quoted(engine, unique.name),
            list(engine, &unique_columns_mysql(unique))
        ));
    }
    for (name, columns) in physical_indexes(table) {
        lines.push(format!("  KEY {} ({})", quoted(engine, &name), list(engine, &columns)));
    }
    lines.extend(foreign_keys(table, engine));
    for (name, column) in physical_columns(table) {
        if let Some(rule) = check(engine, &name, &column) {
            lines.push(format!("  CONSTRAINT `ck_{}_{name}` CHECK ({rule})", table.name));
        }
    }
    format!(
        "CREATE TABLE {} (\n{}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
        quoted(engine, table.name),
        lines.join(",\n")
    )
}

/// A unique set's columns on MySQL, with the live marker where only live rows count.
#[must_use]
pub fn unique_columns_mysql(unique: &Unique) -> Vec<String> {
    let marker = unique.live.then_some(LIVE_COLUMN);
    unique.columns.iter().copied().chain(marker).map(str::to_owned).collect()
}

fn foreign_keys(table: &Table, engine: Engine) -> Vec<String> {
    table
        .columns
        .iter()
        .filter_map(|column| column.references.map(|(parent, action)| (column, parent, action)))
        .map(|(column, parent, action)| {
            format!(
                "  CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {}",
                quoted(engine, &foreign_key_name(table.name, column.name)),
                quoted(engine, column.name),
                quoted(engine, parent),
                quoted(engine, "id"),
                on_delete(action)
            )
        })
        .collect()
}
