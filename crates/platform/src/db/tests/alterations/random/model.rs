//! Tables that change, where they came from, and what must become of their rows.

use std::collections::BTreeMap;

use super::super::*;
use super::rows::{Rows, Values};
use super::steps::Step;
use crate::db::Kind;

/// A table with where it and its columns came from since the last migration.
#[derive(Clone, Debug)]
pub(super) struct Followed {
    pub(super) table: TableState,
    pub(super) origin: Option<String>,
    /// Present name to the name before; new ones are missing.
    pub(super) columns: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) all: Vec<Followed>,
    pub(super) defaults: BTreeMap<(String, String), String>,
    counter: i64,
    pub(super) has_dropped: bool,
}

impl Model {
    pub(super) fn next(&mut self) -> i64 {
        self.counter += 1;
        self.counter
    }

    pub(super) fn tables(&self) -> Vec<TableState> {
        self.all.iter().map(|followed| followed.table.clone()).collect()
    }

    /// Does the steps that make sense; what nobody could see in the tables is answered.
    pub(super) fn change(&mut self, steps: &[Step]) -> Known {
        for step in steps {
            self.one(step);
        }
        let mut known = Known::default();
        for followed in &self.all {
            let name = &followed.table.name;
            if let Some(origin) = followed.origin.as_ref().filter(|origin| *origin != name) {
                known = known.table(origin, name);
            }
            for (new, old) in followed.columns.iter().filter(|(new, old)| new != old) {
                known = known.column(name, old, new);
            }
        }
        for ((table, column), value) in &self.defaults {
            let is_day = self.all.iter().any(|followed| {
                followed.table.name == *table
                    && followed.table.column(column).is_some_and(|column| column.kind == Kind::Date)
            });
            let value = if is_day { &value[..10] } else { value };
            known = known.value(&format!("{table}.{column}"), value);
        }
        known
    }

    /// The tables are as described now.
    pub(super) fn settle(&mut self) {
        for followed in &mut self.all {
            followed.origin = Some(followed.table.name.clone());
            followed.columns = followed
                .table
                .columns
                .iter()
                .map(|column| (column.name.clone(), column.name.clone()))
                .collect();
        }
        self.defaults.clear();
        self.has_dropped = false;
    }

    /// The rows that must be there after the change.
    pub(super) fn expected(&self, before: &Rows) -> Rows {
        let mut expected = Rows::new();
        for followed in &self.all {
            let rows = followed.origin.as_ref().and_then(|origin| before.get(origin));
            let mut kept = BTreeMap::new();
            for (id, row) in rows.into_iter().flatten() {
                let mut values = Values::new();
                for column in &followed.table.columns {
                    let old = followed.columns.get(&column.name).and_then(|name| row[name].clone());
                    let default =
                        self.defaults.get(&(followed.table.name.clone(), column.name.clone()));
                    let filled = default.filter(|_| !column.null).cloned();
                    values.insert(column.name.clone(), old.or(filled));
                }
                kept.insert(*id, values);
            }
            expected.insert(followed.table.name.clone(), kept);
        }
        expected
    }
}
