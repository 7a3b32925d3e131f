//! The described tables against the state recorded by the last migrations: what the next ones must do.

use std::collections::{HashMap, HashSet};

use serde_json::{Value as Json, json};

use super::Migration;
use crate::db::{Engine, Table, ddl};
use crate::error::{Error, Result};

/// A migration to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Module.
    pub module: String,
    /// Numbered name.
    pub name: String,
    /// Steps of other modules it needs.
    pub depends: Vec<(String, String)>,
    /// Text for SQLite.
    pub sqlite: String,
    /// Text for MySQL.
    pub mysql: String,
    /// The module's tables after it.
    pub state: Json,
}

/// One module's tables and migrations, as its card lists them.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    /// Module name.
    pub module: &'static str,
    /// Its tables, parents first.
    pub tables: &'static [&'static Table],
    /// Its migrations, oldest first.
    pub migrations: &'static [Migration],
}

/// Drafts for tables that no migration has created yet. A table that refers to a later module waits for a
/// second step. A described table that differs from its recorded state is refused: alterations are
/// written by hand.
pub fn new_tables(modules: &[Described]) -> Result<Vec<Draft>> {
    let owner: HashMap<&str, &str> = modules
        .iter()
        .flat_map(|module| module.tables.iter().map(|table| (table.name, module.module)))
        .collect();
    let mut created_by: HashMap<String, (String, String)> = HashMap::new();
    let mut waiting: Vec<(usize, &Table)> = Vec::new();
    for (index, module) in modules.iter().enumerate() {
        let recorded = recorded_tables(module, &mut created_by)?;
        for table in module.tables {
            match recorded.get(table.name) {
                None => waiting.push((index, table)),
                Some(state) if *state == described(table)? => {}
                Some(_) => {
                    return Err(Error::Failed(format!(
                        "the table {} is described otherwise than its last migration recorded it; write that \
                         migration by hand",
                        table.name
                    )));
                }
            }
        }
    }
    let mut drafts: Vec<Draft> = Vec::new();
    while !waiting.is_empty() {
        let before = waiting.len();
        for (index, module) in modules.iter().enumerate() {
            let mut here: Vec<&Table> = Vec::new();
            let mut known: HashSet<&str> = HashSet::new();
            waiting.retain(|(owner_index, table)| {
                let ready = *owner_index == index
                    && parents(table).all(|parent| {
                        parent == table.name
                            || known.contains(parent)
                            || created_by.contains_key(parent)
                    });
                if ready {
                    here.push(table);
                    known.insert(table.name);
                }
                !ready
            });
            if here.is_empty() {
                continue;
            }
            let number = module.migrations.len()
                + drafts.iter().filter(|d| d.module == module.module).count()
                + 1;
            let suffix = if number == 1 { "initial".to_owned() } else { names(&here).join("_") };
            let name = format!("{number:04}_{suffix}");
            let mut depends: Vec<(String, String)> = here
                .iter()
                .flat_map(|table| parents(table))
                .filter(|parent| owner.get(parent).is_some_and(|owner| *owner != module.module))
                .filter_map(|parent| created_by.get(parent).cloned())
                .collect();
            depends.sort();
            depends.dedup();
            for table in &here {
                created_by.insert(table.name.to_owned(), (module.module.to_owned(), name.clone()));
            }
            let all_created =
                module.tables.iter().filter(|table| created_by.contains_key(table.name));
            let state = all_created.map(|table| described(table)).collect::<Result<Vec<_>>>()?;
            drafts.push(Draft {
                module: module.module.to_owned(),
                name,
                depends,
                sqlite: text(&here, Engine::Sqlite),
                mysql: text(&here, Engine::Mysql),
                state: json!({ "tables": state }),
            });
        }
        if waiting.len() == before {
            let stuck: Vec<&str> = waiting.iter().map(|(_, table)| table.name).collect();
            return Err(Error::Failed(format!(
                "these tables refer to each other in a circle or to unknown tables: {}",
                stuck.join(", ")
            )));
        }
    }
    Ok(drafts)
}

fn names(tables: &[&Table]) -> Vec<&'static str> {
    tables.iter().map(|table| table.name).collect()
}

fn parents(table: &Table) -> impl Iterator<Item = &'static str> {
    table.columns.iter().filter_map(|column| column.references.map(|(parent, _)| parent))
}

/// A table as its state records it.
pub fn described(table: &Table) -> Result<Json> {
    serde_json::to_value(table).map_err(|error| Error::failed("table description", error))
}

fn recorded_tables(
    module: &Described,
    created_by: &mut HashMap<String, (String, String)>,
) -> Result<HashMap<String, Json>> {
    let mut recorded = HashMap::new();
    for migration in module.migrations {
        let state: Json = serde_json::from_str(migration.state).map_err(|error| {
            Error::failed(&format!("{}.{} state.json", module.module, migration.name), error)
        })?;
        recorded.clear();
        for table in state.get("tables").and_then(Json::as_array).into_iter().flatten() {
            if let Some(name) = table.get("name").and_then(Json::as_str) {
                created_by
                    .entry(name.to_owned())
                    .or_insert_with(|| (module.module.to_owned(), migration.name.to_owned()));
                recorded.insert(name.to_owned(), table.clone());
            }
        }
    }
    Ok(recorded)
}

fn text(tables: &[&Table], engine: Engine) -> String {
    let mut text = String::new();
    for table in tables {
        for statement in ddl::create(table, engine) {
            text.push_str(&statement);
            text.push_str(";\n\n");
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
