//! Takes over tables that are there already: a migration that would only create them is recorded instead of run,
//! after comparing what is there with what it would have made.
//!
//! Only a schema equal to the recorded one is taken over, except for what disturbs nobody (an index too many, an
//! additional column that may be empty). Making another program's tables equal is not done here.

use std::collections::{BTreeMap, BTreeSet};

use super::super::statement::{Action, actions};
use super::super::{Migration, ledger, runner};
use crate::clock::Clock;
use crate::db::schema::{self, Difference, Schema};
use crate::db::{Conn, search};
use crate::error::{Error, Result};

/// What was taken over.
#[derive(Debug, Default)]
pub struct Adopted {
    /// Recorded as applied.
    pub recorded: Vec<&'static Migration>,
    /// Differences that disturb nobody.
    pub remarks: Vec<String>,
}

/// Records the migrations of `steps` that only create tables, not yet recorded, whose tables are all there, and those that
/// changed these tables since. A table that differs in a way that matters stops everything before anything is recorded.
pub fn initial(conn: &mut Conn, steps: &[&'static Migration], clock: &Clock) -> Result<Adopted> {
    runner::locked(conn, |conn| {
        ledger::ensure(conn)?;
        let known = ledger::load(conn)?;
        let actual = schema::read(conn)?;
        let mut adopted = Adopted::default();
        let mut faults = Vec::new();
        let pending = runner::pending(conn, steps)?;
        let is_known = |migration: &Migration| {
            // Interrupted: to be finished, not adopted.
            known.contains_key(&(migration.module.to_owned(), migration.name.to_owned()))
        };
        let mut taken = BTreeSet::new();
        let mut reached: BTreeMap<&str, usize> = BTreeMap::new();
        for (position, migration) in pending.iter().enumerate() {
            let Some(tables) = created(migration, conn).filter(|_| !is_known(migration)) else {
                continue;
            };
            if !tables.iter().all(|table| actual.tables.contains_key(table)) {
                continue;
            }
            let (stands, differences) = standing(&pending, position, &tables, &actual)?;
            let furthest = reached.entry(migration.module).or_default();
            *furthest = stands.max(*furthest);
            for Difference { text, is_harmless } in differences {
                if is_harmless { &mut adopted.remarks } else { &mut faults }.push(text);
            }
            taken.insert(position);
        }
        if !faults.is_empty() {
            return Err(Error::Failed(format!(
                "these tables are not as the migrations would make them; nothing was recorded:\n  {}",
                faults.join("\n  ")
            )));
        }
        for (position, migration) in pending.into_iter().enumerate() {
            let is_passed = reached.get(migration.module).is_some_and(|last| position <= *last);
            let has_changed =
                is_passed && !is_known(migration) && created(migration, conn).is_none();
            if has_changed || taken.contains(&position) {
                ledger::record(conn, migration, clock.now())?;
                adopted.recorded.push(migration);
            }
        }
        Ok(adopted)
    })
}

/// Where tables stand that the migration at `position` makes: the newest migration of its module that leaves them as they
/// are, and how they differ from what it leaves. Without one it is the maker itself.
fn standing(
    pending: &[&'static Migration],
    position: usize,
    tables: &BTreeSet<String>,
    actual: &Schema,
) -> Result<(usize, Vec<Difference>)> {
    let only = |schema: &Schema| Schema {
        tables: schema
            .tables
            .iter()
            .filter(|(name, _)| tables.contains(*name))
            .map(|(name, shape)| (name.clone(), shape.clone()))
            .collect(),
    };
    let actual = only(actual);
    let mut found = (position, Vec::new());
    let mut before: Option<Schema> = None;
    let module = pending.get(position).map(|migration| migration.module);
    let of_module = pending.iter().enumerate().skip(position);
    for (later, migration) in of_module.filter(|(_, other)| Some(other.module) == module) {
        let expected = only(&schema::recorded(migration.recorded()?.tables));
        let leaves_alone =
            before.as_ref().is_some_and(|before| schema::compare(before, &expected).is_empty());
        if leaves_alone {
            continue;
        }
        let differences = schema::compare(&expected, &actual);
        if before.is_none() || differences.iter().all(|difference| difference.is_harmless) {
            found = (later, differences);
        }
        before = Some(expected);
    }
    Ok(found)
}

/// The tables that a migration makes, if it does nothing else.
fn created(migration: &Migration, conn: &Conn) -> Option<BTreeSet<String>> {
    let mut tables = BTreeSet::new();
    for action in migration.statements(conn.engine()).flat_map(actions) {
        match action {
            Action::CreateTable(table) => {
                tables.insert(table);
            }
            Action::AddIndex(table, _) if tables.contains(&table) => {}
            // Filled when it was made; the rows' writers have kept it since.
            Action::Words { table, .. } if tables.contains(&search::index_name(&table)) => {}
            _ => return None,
        }
    }
    (!tables.is_empty()).then_some(tables)
}
