//! What the database consists of, by the states that its applied migrations recorded: also right for a database that an
//! older version of the program left behind.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::manifest::Applied;
use super::{LEFT_OUT, sha256};
use crate::db::migrate::{Migration, ledger};
use crate::db::state::TableState;
use crate::db::{Conn, Kind, ddl};
use crate::error::{Error, Result};

/// What a backup must know of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableShape {
    /// Name.
    pub name: String,
    /// Columns as they stand, `_fold` twins among them.
    pub columns: Vec<ColumnShape>,
    /// Columns of the primary key.
    pub key: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnShape {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: Kind,
    /// The table it refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

impl TableShape {
    /// Whether the database numbers its rows.
    pub(super) fn is_numbered(&self) -> bool {
        self.columns.iter().any(|column| column.kind == Kind::Id)
    }

    /// Its columns' names, for a statement.
    pub(super) fn column_list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        names.join(", ")
    }
}

/// Those of `ordered` that are applied. A database that is half migrated is refused, and one that is newer.
pub(super) fn applied(
    conn: &mut Conn,
    ordered: &[&'static Migration],
) -> Result<Vec<&'static Migration>> {
    let mut records = ledger::load(conn)?;
    let mut applied = Vec::new();
    for migration in ordered {
        let key = (migration.module.to_owned(), migration.name.to_owned());
        match records.remove(&key) {
            Some(record) if record.applied_at.is_some() => applied.push(*migration),
            Some(_) => {
                return Err(Error::Failed(format!(
                    "{}.{} was interrupted; run `manage migrate`, then take the backup",
                    migration.module, migration.name
                )));
            }
            None => {}
        }
    }
    if let Some((module, name)) = records.keys().min() {
        return Err(Error::Failed(format!(
            "the database has the migration {module}.{name}, which this program does not know: it belongs to a newer \
             version; use that one"
        )));
    }
    Ok(applied)
}

/// How a manifest names a migration.
pub(super) fn named(migration: &Migration) -> Applied {
    Applied {
        module: migration.module.to_owned(),
        name: migration.name.to_owned(),
        state: sha256(migration.state.replace("\r\n", "\n").as_bytes()),
    }
}

/// The tables after these migrations, without those that stay behind.
pub(super) fn shapes(applied: &[&'static Migration]) -> Result<Vec<TableShape>> {
    let mut modules: Vec<&str> = Vec::new();
    let mut last: HashMap<&str, &Migration> = HashMap::new();
    for migration in applied {
        if !modules.contains(&migration.module) {
            modules.push(migration.module);
        }
        last.insert(migration.module, migration);
    }
    let mut shapes = Vec::new();
    for migration in modules.iter().filter_map(|module| last.get(module)) {
        for table in migration.recorded()?.tables {
            if !LEFT_OUT.contains(&table.name.as_str()) {
                shapes.push(shape(&table));
                shapes.extend(table.words().map(|name| words(name, &table.name)));
            }
        }
    }
    Ok(shapes)
}

/// Every table that any of the migrations may have made, for telling ours from others'.
pub(super) fn known(ordered: &[&'static Migration]) -> Result<Vec<String>> {
    let mut names: Vec<String> = LEFT_OUT.iter().map(ToString::to_string).collect();
    for migration in ordered {
        names.extend(shapes(&[migration])?.into_iter().map(|shape| shape.name));
    }
    names.sort();
    names.dedup();
    Ok(names)
}

fn shape(table: &TableState) -> TableShape {
    let columns = ddl::physical_columns(table).into_iter().map(|column| ColumnShape {
        name: column.name,
        kind: column.kind,
        parent: column.references.map(|(parent, _)| parent),
    });
    TableShape { name: table.name.clone(), columns: columns.collect(), key: table.key.clone() }
}

fn words(name: String, parent: &str) -> TableShape {
    let column = |name: &str, kind, parent: Option<&str>| ColumnShape {
        name: name.to_owned(),
        kind,
        parent: parent.map(str::to_owned),
    };
    TableShape {
        name,
        columns: vec![
            column("word", Kind::LongText, None),
            column("row_id", Kind::Ref, Some(parent)),
        ],
        key: vec!["word".to_owned(), "row_id".to_owned()],
    }
}
