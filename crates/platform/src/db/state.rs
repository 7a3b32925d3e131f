//! Descriptions of tables as a migration's `state.json` records them: the same as [`super::table`]'s constants, owning
//! their words. DDL is rendered from these, so that a recorded table can be rendered like a described one.

use serde::{Deserialize, Serialize};

use super::search;
use super::table::{Column, Kind, OnDelete, Table};

/// A module's tables after a migration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleState {
    /// In order of creation.
    #[serde(default)]
    pub tables: Vec<TableState>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableState {
    /// Name in the database.
    pub name: String,
    /// Model name in code and shell.
    pub model: String,
    /// Columns in order.
    pub columns: Vec<ColumnState>,
    /// Primary key.
    pub key: Vec<String>,
    /// Unique sets.
    pub uniques: Vec<UniqueState>,
    /// Indexes.
    pub indexes: Vec<IndexState>,
    /// Columns whose words are kept in an index of their own.
    pub searched: Vec<String>,
    /// Whether the number of live rows is kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counted: bool,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnState {
    /// Name in the database.
    pub name: String,
    /// Kind and limits.
    pub kind: Kind,
    /// Whether it may be NULL.
    pub null: bool,
    /// Table it refers to, and what happens when that row goes.
    pub references: Option<(String, OnDelete)>,
    /// The only values allowed, if there are such.
    pub choices: Vec<String>,
    /// Smallest number allowed.
    pub min: Option<i64>,
    /// Whether a `<name>_fold` column stands beside it.
    pub folded: bool,
    /// Whether its values stay out of history and dumps.
    pub secret: bool,
}

/// A set of columns no two rows share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UniqueState {
    /// Name of the index.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Whether only rows that are not soft-deleted count.
    pub live: bool,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexState {
    /// Name.
    pub name: String,
    /// Its columns, most significant first.
    pub columns: Vec<String>,
}

impl TableState {
    /// The recorded column `name`.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&ColumnState> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether rows are soft-deleted.
    #[must_use]
    pub fn is_soft_deleted(&self) -> bool {
        self.column("deleted_at").is_some()
    }

    /// The name of its word index, if it has one.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        (!self.searched.is_empty()).then(|| search::index_name(&self.name))
    }

    /// The other tables it refers to.
    pub fn parents(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter_map(|column| Some(column.references.as_ref()?.0.as_str()))
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

impl From<&Table> for TableState {
    fn from(table: &Table) -> Self {
        Self {
            name: table.name.to_owned(),
            model: table.model.to_owned(),
            columns: table.columns.iter().map(Into::into).collect(),
            key: owned(table.key),
            uniques: table
                .uniques
                .iter()
                .map(|unique| UniqueState {
                    name: unique.name.to_owned(),
                    columns: owned(unique.columns),
                    live: unique.live,
                })
                .collect(),
            indexes: table
                .indexes
                .iter()
                .map(|index| IndexState {
                    name: index.name.to_owned(),
                    columns: owned(index.columns),
                })
                .collect(),
            searched: owned(table.searched),
            counted: table.counted,
        }
    }
}

impl From<&Column> for ColumnState {
    fn from(column: &Column) -> Self {
        Self {
            name: column.name.to_owned(),
            kind: column.kind,
            null: column.null,
            references: column.references.map(|(table, action)| (table.to_owned(), action)),
            choices: owned(column.choices),
            min: column.min,
            folded: column.folded,
            secret: column.secret,
        }
    }
}
