//! The described tables against the state recorded by the last migrations: what the next ones must do.

pub mod answers;
pub mod change;
pub mod default;
mod order;
mod told;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Migration, render};
use crate::db::state::{ModuleState, TableState};
use crate::db::{Engine, Table};
use crate::error::{Error, Result};
use answers::Answers;
use change::TableChange;

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
    pub state: ModuleState,
    /// What it does, a line each.
    pub told: Vec<String>,
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

/// One module's tables as recorded and as described.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Module name.
    pub module: String,
    /// Its tables after its last migration.
    pub recorded: Vec<TableState>,
    /// Its tables as they should be.
    pub described: Vec<TableState>,
    /// Names of its migrations, with the tables that each made first.
    pub migrations: Vec<(String, Vec<String>)>,
}

/// A step of a migration.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// A new table.
    Create(TableState),
    /// Another name for a table; its constraints follow with its alteration.
    Rename {
        /// The table as recorded.
        old: TableState,
        /// The new name.
        to: String,
    },
    /// Another form of a table.
    Alter(Box<TableChange>),
    /// A table that goes.
    Drop(TableState),
}

impl Described {
    /// Reads the recorded states.
    pub fn compared(&self) -> Result<Compared> {
        let mut recorded = Vec::new();
        let mut migrations = Vec::new();
        for migration in self.migrations {
            let state = migration.recorded()?;
            let known: HashSet<&str> =
                recorded.iter().map(|table: &TableState| table.name.as_str()).collect();
            let made: Vec<String> = state
                .tables
                .iter()
                .map(|table| table.name.clone())
                .filter(|name| !known.contains(name.as_str()))
                .collect();
            migrations.push((migration.name.to_owned(), made));
            recorded = state.tables;
        }
        Ok(Compared {
            module: self.module.to_owned(),
            recorded,
            described: self.tables.iter().map(|table| TableState::from(*table)).collect(),
            migrations,
        })
    }
}

/// The migrations that bring the recorded tables to the described ones, each module's in order.
/// They are named by what they do, or as said.
pub fn drafts_of(
    modules: &[Compared],
    answers: &mut dyn Answers,
    name: Option<&str>,
) -> Result<Vec<Draft>> {
    refuse_moved(modules)?;
    let renamed = find_renamed(modules, answers)?;
    let mut waiting: Vec<Vec<Operation>> = Vec::new();
    for module in modules {
        waiting.push(operations(module, &renamed, answers)?);
    }
    order::arrange(modules, waiting, name)
}

/// A table that goes to another module would be removed with its rows and made anew.
fn refuse_moved(modules: &[Compared]) -> Result<()> {
    for (from, old) in modules.iter().flat_map(|m| m.recorded.iter().map(move |table| (m, table))) {
        let is_same = |table: &TableState| table.name == old.name;
        let to = modules.iter().find(|module| module.described.iter().any(is_same));
        if let Some(to) = to.filter(|to| to.module != from.module) {
            return Err(Error::Failed(format!(
                "the table {} moved from the module {} to {}; write it by hand: an empty migration for each, whose \
                 state.json no longer lists the table in the one and lists it in the other",
                old.name, from.module, to.module
            )));
        }
    }
    Ok(())
}

/// Tables that got another name: the recorded name to the described one.
type Renamed = BTreeMap<String, String>;

fn find_renamed(modules: &[Compared], answers: &mut dyn Answers) -> Result<Renamed> {
    let mut renamed = Renamed::new();
    for module in modules {
        let has = |tables: &[TableState], name: &str| tables.iter().any(|table| table.name == name);
        let mut added: Vec<&TableState> =
            module.described.iter().filter(|table| !has(&module.recorded, &table.name)).collect();
        for old in module.recorded.iter().filter(|old| !has(&module.described, &old.name)) {
            let form = |table: &TableState| -> Vec<_> {
                let mut form: Vec<_> = table
                    .columns
                    .iter()
                    .map(|column| (column.name.clone(), crate::db::ddl::kind_name(column.kind)))
                    .collect();
                form.sort();
                form
            };
            let names: Vec<&str> = added.iter().map(|table| table.name.as_str()).collect();
            let alike: Vec<&str> = added
                .iter()
                .filter(|new| form(new) == form(old))
                .map(|table| table.name.as_str())
                .collect();
            if let Some(name) = answers.renamed_table(&old.name, &alike, &names)? {
                added.retain(|table| table.name != name);
                renamed.insert(old.name.clone(), name);
            }
        }
    }
    Ok(renamed)
}

fn operations(
    module: &Compared,
    renamed: &Renamed,
    answers: &mut dyn Answers,
) -> Result<Vec<Operation>> {
    let mut found = Vec::new();
    for old in &module.recorded {
        if let Some(to) = renamed.get(&old.name) {
            found.push(Operation::Rename { old: old.clone(), to: to.clone() });
        }
    }
    for new in &module.described {
        let old = module.recorded.iter().find(|old| {
            old.name == new.name || renamed.get(&old.name).is_some_and(|name| *name == new.name)
        });
        let Some(old) = old else {
            found.push(Operation::Create(new.clone()));
            continue;
        };
        if change::same(old, new) {
            continue;
        }
        // References follow a renamed table by themselves.
        let mut old = old.clone();
        for column in &mut old.columns {
            if let Some((parent, _)) = &mut column.references
                && let Some(name) = renamed.get(parent)
            {
                parent.clone_from(name);
            }
        }
        found.push(Operation::Alter(Box::new(TableChange::find(&old, new, answers)?)));
    }
    for old in &module.recorded {
        let is_kept = module.described.iter().any(|new| new.name == old.name);
        if !is_kept && !renamed.contains_key(&old.name) {
            found.push(Operation::Drop(old.clone()));
        }
    }
    Ok(found)
}

impl Migration {
    /// The module's tables after it, as its state file has them.
    pub fn recorded(&self) -> Result<ModuleState> {
        serde_json::from_str(self.state).map_err(|error| {
            Error::failed(&format!("{}.{} state.json", self.module, self.name), error)
        })
    }
}

/// A migration of some steps.
fn draft(
    module: &Compared,
    number: usize,
    operations: &[Operation],
    depends: Vec<(String, String)>,
    state: ModuleState,
    name: Option<&str>,
) -> Draft {
    let (told, pieces): (Vec<String>, Vec<String>) =
        operations.iter().flat_map(Operation::told).unzip();
    let suffix = match name {
        Some(name) => name.to_owned(),
        None if number == 1 => "initial".to_owned(),
        None => joined(&pieces),
    };
    Draft {
        module: module.module.clone(),
        name: format!("{number:04}_{suffix}"),
        depends,
        sqlite: render::text(operations, Engine::Sqlite),
        mysql: render::text(operations, Engine::Mysql),
        state,
        told,
    }
}

/// Pieces of a name, as many as fit.
fn joined(pieces: &[String]) -> String {
    const LONGEST: usize = 52;
    let mut name = String::new();
    for piece in pieces {
        if !name.is_empty() && name.len() + 1 + piece.len() > LONGEST {
            return name + "_and_more";
        }
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(piece);
    }
    if name.is_empty() { "state".to_owned() } else { name.chars().take(90).collect() }
}

/// Which migration made a table: the module and the migration's name, by the table's name.
type MadeBy = HashMap<String, (String, String)>;
