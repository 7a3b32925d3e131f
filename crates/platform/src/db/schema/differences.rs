//! Two schemas compared, in sentences for whoever runs the check.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{ColumnShape, ForeignKeyShape, Schema, TableShape, UniqueShape};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In a sentence.
    pub text: String,
    /// Whether the program works all the same: something is there that nobody asks for.
    pub is_harmless: bool,
}

/// What differs, one sentence each; empty if nothing does.
#[must_use]
pub fn differences(expected: &Schema, actual: &Schema) -> Vec<String> {
    compare(expected, actual).into_iter().map(|difference| difference.text).collect()
}

/// What differs. The order of columns does not matter: a column added later stands last in the database, wherever
/// it is described.
#[must_use]
pub fn compare(expected: &Schema, actual: &Schema) -> Vec<Difference> {
    let mut found = Found(Vec::new());
    for (name, shape) in &expected.tables {
        match actual.tables.get(name) {
            Some(other) => compare_tables(name, shape, other, &mut found),
            None => found.push(format!("{name}: the table is missing")),
        }
    }
    for name in actual.tables.keys().filter(|name| !expected.tables.contains_key(*name)) {
        found.extra(true, format!("{name}: the table is not described"));
    }
    found.0
}

struct Found(Vec<Difference>);

impl Found {
    fn push(&mut self, text: String) {
        self.extra(false, text);
    }

    fn extra(&mut self, is_harmless: bool, text: String) {
        self.0.push(Difference { text, is_harmless });
    }
}

fn compare_tables(table: &str, expected: &TableShape, actual: &TableShape, found: &mut Found) {
    compare_columns(table, &expected.columns, &actual.columns, found);
    if expected.primary_key != actual.primary_key {
        found.push(format!(
            "{table}: expected the primary key {}, found {}",
            Columns(&expected.primary_key),
            Columns(&actual.primary_key)
        ));
    }
    compare_named(table, "unique set", &expected.uniques, &actual.uniques, found);
    let indexes = |shape: &TableShape| -> BTreeMap<String, String> {
        shape.indexes.iter().map(|(name, list)| (name.clone(), Columns(list).to_string())).collect()
    };
    compare_named(table, "index", &indexes(expected), &indexes(actual), found);
    compare_named(table, "foreign key", &expected.foreign_keys, &actual.foreign_keys, found);
    compare_checks(table, &expected.checks, &actual.checks, found);
}

fn compare_columns(
    table: &str,
    expected: &[ColumnShape],
    actual: &[ColumnShape],
    found: &mut Found,
) {
    for column in expected {
        let name = &column.name;
        let Some(other) = actual.iter().find(|other| other.name == *name) else {
            found.push(format!("{table}.{name}: the column is missing"));
            continue;
        };
        if column.kind != other.kind {
            found.push(format!("{table}.{name}: expected {}, found {}", column.kind, other.kind));
        }
        if column.null != other.null {
            let word = |null| if null { "NULL" } else { "NOT NULL" };
            found.push(format!(
                "{table}.{name}: expected {}, found {}",
                word(column.null),
                word(other.null)
            ));
        }
    }
    for column in actual {
        if !expected.iter().any(|known| known.name == column.name) {
            let text = format!("{table}.{}: the column is not described", column.name);
            found.extra(column.null, text);
        }
    }
}

fn compare_named<T: fmt::Display + PartialEq>(
    table: &str,
    what: &str,
    expected: &BTreeMap<String, T>,
    actual: &BTreeMap<String, T>,
    found: &mut Found,
) {
    for (name, shape) in expected {
        match actual.get(name) {
            Some(other) if other == shape => {}
            Some(other) => {
                found.push(format!("{table}: expected the {what} {name} {shape}, found {other}"));
            }
            None => found.push(format!("{table}: the {what} {name} {shape} is missing")),
        }
    }
    for (name, shape) in actual.iter().filter(|(name, _)| !expected.contains_key(*name)) {
        // An index too many only costs; a set or a key too many refuses rows.
        found
            .extra(what == "index", format!("{table}: the {what} {name} {shape} is not described"));
    }
}

fn compare_checks(
    table: &str,
    expected: &BTreeSet<String>,
    actual: &BTreeSet<String>,
    found: &mut Found,
) {
    for rule in expected.difference(actual) {
        found.push(format!("{table}: the rule {rule} is missing"));
    }
    for rule in actual.difference(expected) {
        found.push(format!("{table}: the rule {rule} is not described"));
    }
}

struct Columns<'a>(&'a [String]);

impl fmt::Display for Columns<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({})", self.0.join(", "))
    }
}

impl fmt::Display for UniqueShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Columns(&self.columns).fmt(f)?;
        f.write_str(if self.live { " among live rows" } else { "" })
    }
}

impl fmt::Display for ForeignKeyShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "({}) to {}.{} on delete {}",
            self.column, self.parent, self.parent_column, self.on_delete
        )
    }
}
