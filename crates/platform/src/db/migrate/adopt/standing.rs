//! Whose tables the database has.

use std::collections::BTreeSet;

use super::super::{Migration, ledger};
use super::progress::{self, Progress, Stage};
use super::{KEPT, Predecessor, Taken};
use crate::app::Program;
use crate::db::schema::{self, Schema};
use crate::db::{Conn, Engine, Table, system};
use crate::error::{Error, Result};

/// A former table that rows are taken from.
#[derive(Clone, Debug)]
pub struct Former {
    /// What takes them.
    pub taken: &'static Taken,
    /// The name it has in the former program.
    pub name: String,
}

/// Whose the database is.
#[derive(Clone, Debug)]
pub enum Standing {
    /// Empty, or this program's own.
    Own,
    /// The former program's.
    Former {
        /// Tables that rows are taken from, parents first.
        tables: Vec<Former>,
        /// Its other tables.
        aside: Vec<String>,
        /// Tables of neither program; they stay as they are.
        strangers: Vec<String>,
    },
    /// A run that takes it over was interrupted.
    Unfinished(Progress),
    /// It was taken over.
    Finished(Progress),
}

/// What the modules take over, parents first.
pub(super) fn all_taken(program: &Program) -> Vec<&'static Taken> {
    let mut waiting: Vec<&'static Taken> =
        program.modules.iter().flat_map(|module| module.adoption).collect();
    let mut ordered: Vec<&'static Taken> = Vec::new();
    while !waiting.is_empty() {
        let is_ready = |taken: &Taken| {
            let mut parents = taken.table.columns.iter().filter_map(|column| column.references);
            parents.all(|(parent, _)| {
                parent == taken.table.name
                    || !waiting.iter().any(|other| other.table.name == parent)
            })
        };
        // A circle is no order, but must not be waited for.
        let next = waiting.iter().position(|taken| is_ready(taken)).unwrap_or(0);
        ordered.push(waiting.remove(next));
    }
    ordered
}

/// Finds out whose the database is; one that has tables of both programs is refused.
pub fn standing(
    conn: &mut Conn,
    program: &Program,
    ordered: &[&'static Migration],
) -> Result<Standing> {
    let Some(predecessor) = program.predecessor else { return Ok(Standing::Own) };
    if conn.engine() != Engine::Mysql {
        return Ok(Standing::Own);
    }
    match progress::load(conn)? {
        Some(progress) if progress.stage == Stage::Done => return Ok(Standing::Finished(progress)),
        Some(progress) => return Ok(Standing::Unfinished(progress)),
        None => {}
    }
    let actual = schema::read(conn)?;
    let own = recorded_tables(conn, ordered)?;
    let mut tables = Vec::new();
    let mut is_foreign = false;
    for taken in all_taken(program) {
        let names = taken.former_names();
        let found = names
            .into_iter()
            .find(|name| actual.tables.contains_key(*name) && !own.contains(*name));
        let Some(name) = found else { continue };
        is_foreign |= !is_equal(taken, name, &actual);
        tables.push(Former { taken, name: name.to_owned() });
    }
    if !is_foreign {
        return Ok(Standing::Own);
    }
    let both: Vec<&str> = all_taken(program)
        .iter()
        .map(|taken| taken.table.name)
        .filter(|name| own.contains(*name))
        .collect();
    if !both.is_empty() {
        return Err(Error::Failed(format!(
            "this database has tables of the {} program, and beside them tables that this program's migrations made \
             ({}); restore a backup of the former database into an empty one and take that over",
            predecessor.name,
            both.join(", ")
        )));
    }
    let (aside, strangers) = others(predecessor, program, &actual, &own, &tables);
    let needed = described_names(program);
    let in_the_way: Vec<&str> =
        strangers.iter().map(String::as_str).filter(|name| needed.contains(*name)).collect();
    if !in_the_way.is_empty() {
        return Err(Error::Failed(format!(
            "this database has tables of the {} program, and tables of others under names that are needed here: {}; \
             rename or drop them first",
            predecessor.name,
            in_the_way.join(", ")
        )));
    }
    Ok(Standing::Former { tables, aside, strangers })
}

/// The names of all tables that this program makes.
fn described_names(program: &Program) -> BTreeSet<String> {
    let modules = program.modules.iter().flat_map(|module| module.tables);
    let tables: Vec<&Table> = modules.copied().chain(system::TABLES.iter().copied()).collect();
    schema::described(&tables).tables.into_keys().collect()
}

/// Tables that no rows are taken from: the former program's, and strangers'.
fn others(
    predecessor: &Predecessor,
    program: &Program,
    actual: &Schema,
    own: &BTreeSet<String>,
    tables: &[Former],
) -> (Vec<String>, Vec<String>) {
    let second_best: Vec<&str> =
        all_taken(program).iter().flat_map(|taken| taken.former_names()).collect();
    let rest = actual
        .tables
        .keys()
        .filter(|name| !own.contains(*name) && !tables.iter().any(|former| former.name == **name));
    rest.cloned().partition(|name| predecessor.leaves(name) || second_best.contains(&name.as_str()))
}

/// Tables that recorded migrations made, be they interrupted.
fn recorded_tables(conn: &mut Conn, ordered: &[&'static Migration]) -> Result<BTreeSet<String>> {
    let ledger = ledger::load(conn)?;
    let mut names = BTreeSet::new();
    for migration in ordered {
        if ledger.contains_key(&(migration.module.to_owned(), migration.name.to_owned())) {
            names.extend(schema::recorded(migration.recorded()?.tables).tables.into_keys());
        }
    }
    Ok(names)
}

/// Whether a table is as this program would make it: then it lost its records only.
fn is_equal(taken: &Taken, name: &str, actual: &Schema) -> bool {
    let expected = schema::described(&[taken.table]);
    let only = |schema: &Schema| Schema {
        tables: schema
            .tables
            .iter()
            .filter(|(table, _)| *table == taken.table.name)
            .map(|(name, shape)| (name.clone(), shape.clone()))
            .collect(),
    };
    name == taken.table.name
        && schema::compare(&only(&expected), &only(actual)).iter().all(|found| found.is_harmless)
}

/// The name under which a former table is kept.
pub(super) fn kept_name(name: &str) -> String {
    format!("{KEPT}{name}")
}
