//! The program itself: descriptions and migrations that contradict each other.

use std::collections::HashMap;

use super::{Check, Found, Level, Look, Subject, Tag};
use crate::app;
use crate::db::system;

const MODELS: &[Tag] = &[Tag::Models];

pub(super) const CHECKS: &[Check] = &[
    Check::new("models.E001", Level::Error, MODELS, Look::Subject(tables_told_twice)),
    Check::new("models.E002", Level::Error, MODELS, Look::Subject(unknown_parents)),
    Check::new("models.E003", Level::Error, MODELS, Look::Subject(unordered_migrations)),
    Check::new("models.E004", Level::Error, MODELS, Look::Subject(permissions_told_twice)),
];

fn tables_told_twice(subject: &Subject<'_>) -> Vec<Found> {
    let mut owners: HashMap<&str, &str> =
        system::TABLES.iter().map(|table| (table.name, super::OWN)).collect();
    let mut found = Vec::new();
    for module in subject.program().modules {
        for table in module.tables {
            if let Some(owner) = owners.insert(table.name, module.name) {
                found.push(
                    Found::new(format!("The table {} is described by {owner} too.", table.name))
                        .about(module.name),
                );
            }
        }
    }
    found
}

fn unknown_parents(subject: &Subject<'_>) -> Vec<Found> {
    let modules = subject.program().modules;
    let tables = || modules.iter().flat_map(|module| module.tables).chain(system::TABLES);
    let mut found = Vec::new();
    for table in tables() {
        for column in table.columns {
            if let Some((parent, _)) = column.references
                && !tables().any(|known| known.name == parent)
            {
                found.push(
                    Found::new(format!("It refers to the table {parent}, which nobody describes."))
                        .about(format!("{}.{}", table.name, column.name)),
                );
            }
        }
    }
    found
}

fn unordered_migrations(subject: &Subject<'_>) -> Vec<Found> {
    let ordered = app::migrations(subject.program().modules);
    ordered.err().map(|error| Found::new(error.to_string())).into_iter().collect()
}

fn permissions_told_twice(subject: &Subject<'_>) -> Vec<Found> {
    let mut owners: HashMap<&str, &str> = HashMap::new();
    let mut found = Vec::new();
    for module in subject.program().modules {
        for permission in module.permissions {
            if let Some(owner) = owners.insert(permission.name, module.name) {
                let message =
                    format!("The permission {} is declared by {owner} too.", permission.name);
                found.push(Found::new(message).about(module.name));
            }
        }
    }
    found
}
