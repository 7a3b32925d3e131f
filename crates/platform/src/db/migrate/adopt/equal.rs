//! Takes over tables that are there already: a migration that would only create them is recorded instead of run,
//! after comparing what is there with what it would have made.
//!
//! Only a schema equal to the recorded one is taken over, except for what disturbs nobody (an index too many, an
//! additional column that may be empty). Making another program's tables equal is not done here.

use std::collections::BTreeSet;

use super::super::statement::{Action, actions};
use super::super::{Migration, ledger, runner};
use crate::clock::Clock;
use crate::db::Conn;
use crate::db::schema::{self, Difference, Schema};
use crate::error::{Error, Result};

/// What was taken over.
#[derive(Debug, Default)]
pub struct Adopted {
    /// Recorded as applied.
    pub recorded: Vec<&'static Migration>,
    /// Differences that disturb nobody.
    pub remarks: Vec<String>,
}

/// Records the migrations of `steps` that only create tables, not yet recorded, whose tables are all there. A table that
/// differs in a way that matters stops everything before anything is recorded.
pub fn initial(conn: &mut Conn, steps: &[&'static Migration], clock: &Clock) -> Result<Adopted> {
    runner::locked(conn, |conn| {
        ledger::ensure(conn)?;
        let known = ledger::load(conn)?;
        let actual = schema::read(conn)?;
        let mut adopted = Adopted::default();
        let mut faults = Vec::new();
        for migration in runner::pending(conn, steps)? {
            if known.contains_key(&(migration.module.to_owned(), migration.name.to_owned())) {
                continue; // interrupted: to be finished, not adopted
            }
            let Some(tables) = created(migration, conn) else { continue };
            if !tables.iter().all(|table| actual.tables.contains_key(table)) {
                continue;
            }
            let only = |schema: &Schema| Schema {
                tables: schema
                    .tables
                    .iter()
                    .filter(|(name, _)| tables.contains(*name))
                    .map(|(name, shape)| (name.clone(), shape.clone()))
                    .collect(),
            };
            let expected = schema::recorded(migration.recorded()?.tables);
            for Difference { text, is_harmless } in
                schema::compare(&only(&expected), &only(&actual))
            {
                if is_harmless { &mut adopted.remarks } else { &mut faults }.push(text);
            }
            adopted.recorded.push(migration);
        }
        if !faults.is_empty() {
            return Err(Error::Failed(format!(
                "these tables are not as the migrations would make them; nothing was recorded:\n  {}",
                faults.join("\n  ")
            )));
        }
        for migration in &adopted.recorded {
            ledger::record(conn, migration, clock.now())?;
        }
        Ok(adopted)
    })
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
            _ => return None,
        }
    }
    (!tables.is_empty()).then_some(tables)
}
