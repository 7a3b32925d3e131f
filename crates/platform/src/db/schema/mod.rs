//! The schema as the database has it, read back for comparison with the descriptions.
//!
//! Both sides are told in the descriptions' words, so that either engine's tables can be compared with them and
//! with the other engine's: MySQL's types and SQLite's CHECKs that stand for them become the same kind, the live
//! marker of MySQL and SQLite's partial index become the same unique set. The ledger of migrations is not
//! part of it; word indexes are tables like others.

mod differences;
mod mysql;
mod sqlite;
pub(in crate::db) mod text;

use std::collections::{BTreeMap, BTreeSet};

use super::migrate::adopt::KEPT;
use super::state::{ColumnState, TableState};
use super::{Conn, DbResult, Engine, Kind, OnDelete, Table, ddl, search};
use text::Rule;

pub use differences::{Difference, compare, differences};

/// Tables by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// Tables by name.
    pub tables: BTreeMap<String, TableShape>,
}

/// What matters of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableShape {
    /// Columns in order.
    pub columns: Vec<ColumnShape>,
    /// Columns of the primary key, in order.
    pub primary_key: Vec<String>,
    /// Unique sets by the name of their index.
    pub uniques: BTreeMap<String, UniqueShape>,
    /// Other indexes by name: their columns, most significant first.
    pub indexes: BTreeMap<String, Vec<String>>,
    /// Foreign keys by name. SQLite keeps no names: there they have those that `ddl` gives.
    pub foreign_keys: BTreeMap<String, ForeignKeyShape>,
    /// Rules on values beyond their kind, such as `price >= 0`.
    pub checks: BTreeSet<String>,
}

/// What matters of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnShape {
    /// Name.
    pub name: String,
    /// Kind as [`ddl::kind_name`] writes it, or the engine's own words for what no kind is.
    pub kind: String,
    /// Whether it may be NULL.
    pub null: bool,
}

/// What matters of a unique set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UniqueShape {
    /// Its columns, most significant first.
    pub columns: Vec<String>,
    /// Whether only rows that are not soft-deleted count.
    pub live: bool,
}

/// What matters of a foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKeyShape {
    /// The referring column.
    pub column: String,
    /// The table referred to.
    pub parent: String,
    /// The column referred to.
    pub parent_column: String,
    /// What happens to the row when the one it refers to goes: `no action`, `cascade`, `set null`.
    pub on_delete: String,
}

/// Tables of the engine room that no description has.
const HIDDEN: &[&str] = &["schema_migrations", "schema_adoption"];

/// Whether nobody asks for a table's description: the engine room's own, and what an adoption kept.
fn is_hidden(table: &str) -> bool {
    HIDDEN.contains(&table) || table.starts_with(KEPT)
}

/// Reads what the database has.
pub fn read(conn: &mut Conn) -> DbResult<Schema> {
    match conn.engine() {
        Engine::Sqlite => sqlite::read(conn),
        Engine::Mysql => mysql::read(conn),
    }
}

/// What the database should have.
#[must_use]
pub fn described(tables: &[&Table]) -> Schema {
    recorded(tables.iter().map(|table| TableState::from(*table)))
}

/// What the database should have of recorded tables.
#[must_use]
pub fn recorded(tables: impl IntoIterator<Item = TableState>) -> Schema {
    let mut schema = Schema::default();
    for table in tables {
        if let Some(name) = table.words() {
            let shape = words_shape(&name, &table.name);
            schema.tables.insert(name, shape);
        }
        schema.tables.insert(table.name.clone(), table_shape(&table));
    }
    schema
}

fn table_shape(table: &TableState) -> TableShape {
    let mut shape = TableShape {
        primary_key: table.key.clone(),
        indexes: ddl::physical_indexes(table).into_iter().collect(),
        ..TableShape::default()
    };
    for column in ddl::physical_columns(table) {
        shape.checks.extend(rules(&column).map(|rule| rule.to_string()));
        let kind = ddl::kind_name(column.kind);
        shape.columns.push(ColumnShape { name: column.name, kind, null: column.null });
    }
    for unique in &table.uniques {
        let columns = unique.columns.clone();
        shape.uniques.insert(unique.name.clone(), UniqueShape { columns, live: unique.live });
    }
    for column in &table.columns {
        if let Some((parent, action)) = &column.references {
            shape.foreign_keys.insert(
                ddl::foreign_key_name(&table.name, &column.name),
                ForeignKeyShape {
                    column: column.name.clone(),
                    parent: parent.clone(),
                    parent_column: "id".to_owned(),
                    on_delete: action_name(*action).to_owned(),
                },
            );
        }
    }
    shape
}

fn rules(column: &ColumnState) -> impl Iterator<Item = Rule> {
    let choices = (!column.choices.is_empty())
        .then(|| Rule::OneOf(column.name.clone(), column.choices.clone()));
    let min = column.min.map(|min| Rule::AtLeast(column.name.clone(), min.into()));
    choices.into_iter().chain(min)
}

fn words_shape(name: &str, parent: &str) -> TableShape {
    let word = format!("varchar({})", search::WORD_MAX);
    let column = |name: &str, kind| ColumnShape { name: name.to_owned(), kind, null: false };
    let row = ForeignKeyShape {
        column: "row_id".to_owned(),
        parent: parent.to_owned(),
        parent_column: "id".to_owned(),
        on_delete: action_name(OnDelete::Cascade).to_owned(),
    };
    TableShape {
        columns: vec![column("word", word), column("row_id", ddl::kind_name(Kind::Ref))],
        primary_key: vec!["word".to_owned(), "row_id".to_owned()],
        indexes: [(format!("ix_{name}_row_id"), vec!["row_id".to_owned()])].into(),
        foreign_keys: [(ddl::foreign_key_name(name, "row_id"), row)].into(),
        ..TableShape::default()
    }
}

fn action_name(action: OnDelete) -> &'static str {
    match action {
        OnDelete::Restrict => "no action",
        OnDelete::Cascade => "cascade",
        OnDelete::SetNull => "set null",
    }
}

/// An engine's word for what happens on removal; RESTRICT is NO ACTION where keys are immediate.
fn action_read(word: &str) -> String {
    match word.to_ascii_lowercase() {
        word if word == "restrict" => "no action".to_owned(),
        word => word,
    }
}
