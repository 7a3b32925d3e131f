//! Which steps go into one migration, and which must wait for another module's.

use std::collections::HashSet;

use super::{Compared, Draft, MadeBy, Operation, draft};
use crate::db::state::{ModuleState, TableState};
use crate::error::{Error, Result};

/// What a step must find done.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Need {
    /// The table has been made, or named so.
    There(String),
    /// The table refers no more to the other.
    Free(String, String),
}

/// Puts steps into migrations, in rounds over the modules: a step that needs another module's later step
/// waits for the next round.
pub(super) fn arrange(
    modules: &[Compared],
    mut waiting: Vec<Vec<Operation>>,
    name: Option<&str>,
) -> Result<Vec<Draft>> {
    let mut made_by = MadeBy::new();
    let mut done: HashSet<Need> = HashSet::new();
    for module in modules {
        for (name, tables) in &module.migrations {
            for table in tables {
                made_by.insert(table.clone(), (module.module.clone(), name.clone()));
            }
        }
    }
    // A recorded table is there unless it is still to be renamed.
    done.extend(modules.iter().flat_map(|m| &m.recorded).map(|t| Need::There(t.name.clone())));
    let mut freed_by: Vec<(Need, (String, String))> = Vec::new();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut states: Vec<Vec<TableState>> =
        modules.iter().map(|module| module.recorded.clone()).collect();
    while waiting.iter().any(|steps| !steps.is_empty()) {
        let before = drafts.len();
        for (index, module) in modules.iter().enumerate() {
            let (Some(steps), Some(state)) = (waiting.get_mut(index), states.get_mut(index)) else {
                continue;
            };
            let ready = take_ready(steps, modules, &mut done);
            if ready.is_empty() {
                continue;
            }
            let number = module.migrations.len()
                + drafts.iter().filter(|draft| draft.module == module.module).count()
                + 1;
            let mut depends: Vec<(String, String)> = Vec::new();
            for need in ready.iter().flat_map(|step| needs(step, modules)) {
                depends.extend(match &need {
                    Need::There(table) => made_by.get(table).cloned(),
                    Need::Free(..) => {
                        freed_by.iter().find(|(freed, _)| *freed == need).map(|(_, by)| by.clone())
                    }
                });
            }
            if ready.iter().any(uses_bookkeeping)
                && let Some(first) = modules
                    .iter()
                    .find(|m| m.module == "platform")
                    .and_then(|m| m.migrations.first())
            {
                depends.push(("platform".to_owned(), first.0.clone()));
            }
            depends.retain(|(owner, _)| *owner != module.module);
            depends.sort();
            depends.dedup();
            for step in &ready {
                step.apply(state);
            }
            sort_as_described(state, module);
            let state = ModuleState { tables: state.clone() };
            let draft = draft(module, number, &ready, depends, state, name);
            let by = (module.module.clone(), draft.name.clone());
            for step in &ready {
                match step {
                    Operation::Create(table) => {
                        made_by.insert(table.name.clone(), by.clone());
                    }
                    Operation::Rename { to, .. } => {
                        made_by.insert(to.clone(), by.clone());
                    }
                    Operation::Alter(_) | Operation::Drop(_) => {
                        freed_by.extend(frees(step).map(|need| (need, by.clone())));
                    }
                }
            }
            drafts.push(draft);
        }
        if drafts.len() == before {
            let stuck: Vec<&str> = waiting.iter().flatten().map(Operation::table).collect();
            return Err(Error::Failed(format!(
                "these tables refer to each other in a circle or to unknown tables: {}",
                stuck.join(", ")
            )));
        }
    }
    Ok(drafts)
}

/// Takes what can be done now, in an order in which it can be done.
fn take_ready(
    steps: &mut Vec<Operation>,
    modules: &[Compared],
    done: &mut HashSet<Need>,
) -> Vec<Operation> {
    let mut ready = Vec::new();
    loop {
        let next =
            steps.iter().position(|step| needs(step, modules).iter().all(|n| done.contains(n)));
        let Some(position) = next else { return ready };
        let step = steps.remove(position);
        match &step {
            Operation::Create(table) => {
                done.insert(Need::There(table.name.clone()));
            }
            Operation::Rename { to, .. } => {
                done.insert(Need::There(to.clone()));
            }
            Operation::Alter(_) | Operation::Drop(_) => done.extend(frees(&step)),
        }
        ready.push(step);
    }
}

fn needs(step: &Operation, modules: &[Compared]) -> Vec<Need> {
    let parents = |table: &TableState| -> Vec<Need> {
        let own = table.name.clone();
        table
            .parents()
            .filter(|parent| *parent != own)
            .map(|parent| Need::There(parent.to_owned()))
            .collect()
    };
    match step {
        Operation::Create(table) => parents(table),
        Operation::Rename { .. } => Vec::new(),
        Operation::Alter(change) => {
            // What it referred to before is there, unless that gets its name only now.
            let is_recorded = |name: &str| {
                modules.iter().flat_map(|module| &module.recorded).any(|table| table.name == name)
            };
            let had: Vec<&str> =
                change.old.parents().filter(|parent| is_recorded(parent)).collect();
            let mut needs = parents(&change.new);
            needs.retain(
                |need| !matches!(need, Need::There(table) if had.contains(&table.as_str())),
            );
            needs.push(Need::There(change.new.name.clone()));
            needs
        }
        Operation::Drop(table) => modules
            .iter()
            .flat_map(|module| &module.recorded)
            .filter(|child| child.name != table.name)
            .filter(|child| child.parents().any(|parent| parent == table.name))
            .map(|child| Need::Free(child.name.clone(), table.name.clone()))
            .collect(),
    }
}

/// The references that a step removes, by the tables' recorded names.
fn frees(step: &Operation) -> impl Iterator<Item = Need> {
    let (name, parents): (&str, Vec<&str>) = match step {
        Operation::Alter(change) => {
            let kept: Vec<&str> = change.new.parents().collect();
            let gone = change.old.parents().filter(|parent| !kept.contains(parent));
            (&change.old.name, gone.collect())
        }
        Operation::Drop(table) => (&table.name, table.parents().collect()),
        Operation::Create(_) | Operation::Rename { .. } => ("", Vec::new()),
    };
    parents.into_iter().map(|parent| Need::Free(name.to_owned(), parent.to_owned()))
}

/// Whether a step writes the row counts or the history.
fn uses_bookkeeping(step: &Operation) -> bool {
    match step {
        Operation::Create(_) => false,
        Operation::Rename { .. } => true,
        Operation::Alter(change) => change.old.counted || change.new.counted,
        Operation::Drop(table) => table.counted,
    }
}

fn sort_as_described(state: &mut [TableState], module: &Compared) {
    let place = |table: &TableState| {
        let found = module.described.iter().position(|described| described.name == table.name);
        found.unwrap_or(usize::MAX)
    };
    state.sort_by_key(place);
}

impl Operation {
    /// The table it is about, by its name before.
    fn table(&self) -> &str {
        match self {
            Self::Create(table) | Self::Drop(table) => &table.name,
            Self::Rename { old, .. } => &old.name,
            Self::Alter(change) => &change.new.name,
        }
    }

    /// Does to recorded tables what it will do to the database's.
    fn apply(&self, tables: &mut Vec<TableState>) {
        match self {
            Self::Create(table) => tables.push(table.clone()),
            Self::Rename { old, to } => {
                for table in tables.iter_mut().filter(|table| table.name == old.name) {
                    table.name.clone_from(to);
                }
            }
            Self::Alter(change) => {
                for table in tables.iter_mut().filter(|table| table.name == change.new.name) {
                    table.clone_from(&change.new);
                }
            }
            Self::Drop(table) => tables.retain(|other| other.name != table.name),
        }
    }
}
