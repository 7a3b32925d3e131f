//! An altered table on SQLite: in place where its ALTER TABLE can, else rebuilt: a new table, the rows copied, the
//! old one removed, the new one renamed. The runner watches foreign keys as a whole.

use super::fold;
use crate::db::migrate::detect::change::{Pair, TableChange};
use crate::db::migrate::statement::REBUILT;
use crate::db::state::TableState;
use crate::db::{Engine, Kind, ddl};

const ENGINE: Engine = Engine::Sqlite;

pub(super) fn alter(change: &TableChange) -> Vec<String> {
    let (gone, made) = change.key_changes();
    let mut statements: Vec<String> =
        gone.iter().map(|key| format!("DROP INDEX {}", quoted(&key.name))).collect();
    let all = ddl::indexes_sqlite(&change.new);
    if needs_rebuild(change) {
        statements.extend(rebuild(change));
        statements
            .extend(change.folds().iter().filter_map(|column| fold(&change.new.name, column)));
        statements.extend(all.into_iter().map(|(_, text)| text));
        return statements;
    }
    for pair in change.pairs().iter().filter(|pair| pair.old.is_none()) {
        statements.push(format!(
            "ALTER TABLE {} ADD COLUMN {}",
            quoted(&change.new.name),
            ddl::column_sqlite(&pair.new, foreign_key(&change.new, &pair.new.name).as_deref())
        ));
    }
    let is_made = |name: &String| made.iter().any(|key| key.name == *name);
    statements.extend(all.into_iter().filter(|(name, _)| is_made(name)).map(|(_, text)| text));
    statements
}

fn quoted(name: &str) -> String {
    ddl::quoted(ENGINE, name)
}

/// A column's foreign key as it stands beside the column.
fn foreign_key(table: &TableState, column: &str) -> Option<String> {
    let name = ddl::foreign_key_name(&table.name, column);
    let (_, text) = ddl::foreign_keys(table, ENGINE).into_iter().find(|(key, _)| *key == name)?;
    Some(text.replace(&format!(" FOREIGN KEY ({})", quoted(column)), ""))
}

fn needs_rebuild(change: &TableChange) -> bool {
    let is_changed = |pair: &Pair| match &pair.old {
        Some(old) => {
            old.name != pair.new.name
                || old.references != pair.new.references
                || ddl::column_sqlite(old, None) != ddl::column_sqlite(&pair.new, None)
        }
        None => {
            !pair.new.null
                || change.folds().contains(pair.twin_of.as_ref().unwrap_or(&pair.new.name))
        }
    };
    change.pairs().iter().any(is_changed)
        || !change.dropped().is_empty()
        || !change.defaults.is_empty()
}

fn rebuild(change: &TableChange) -> Vec<String> {
    let name = &change.new.name;
    let built = format!("{name}{REBUILT}");
    let pairs = change.pairs();
    let columns: Vec<&str> = pairs.iter().map(|pair| pair.new.name.as_str()).collect();
    let values: Vec<String> = pairs.iter().map(|pair| value(change, pair)).collect();
    let mut statements = vec![
        ddl::table_sqlite(&change.new, &built),
        format!(
            "INSERT INTO {} ({}) SELECT {} FROM {}",
            quoted(&built),
            ddl::list(ENGINE, &columns),
            values.join(", "),
            quoted(name)
        ),
    ];
    if change.new.columns.iter().any(|column| column.kind == Kind::Id) {
        // Numbers of rows that are long gone stay given.
        statements.push(format!("DELETE FROM sqlite_sequence WHERE name = '{built}'"));
        statements.push(format!(
            "INSERT INTO sqlite_sequence (name, seq) SELECT '{built}', seq FROM sqlite_sequence WHERE name = '{name}'"
        ));
    }
    statements.push(format!("DROP TABLE {}", quoted(name)));
    statements.push(format!("ALTER TABLE {} RENAME TO {}", quoted(&built), quoted(name)));
    statements
}

/// What a column of the new table gets from the old one.
fn value(change: &TableChange, pair: &Pair) -> String {
    let default = match &pair.twin_of {
        // Filled by a step of its own, before anything is unique.
        Some(_) => (!pair.new.null).then(|| "''".to_owned()),
        None => change.defaults.get(&pair.new.name).map(|literal| literal.sqlite.clone()),
    };
    let Some(old) = &pair.old else { return default.unwrap_or_else(|| "NULL".to_owned()) };
    let from = quoted(&old.name);
    let kept = match (old.kind, pair.new.kind) {
        (Kind::Int | Kind::Ref | Kind::Bool, Kind::Decimal { places, .. }) => scaled(&from, places),
        (Kind::Decimal { places, .. }, Kind::Decimal { places: now, .. }) if now > places => {
            scaled(&from, now - places)
        }
        (Kind::Int | Kind::Ref, Kind::Text(_) | Kind::LongText) => format!("CAST({from} AS TEXT)"),
        (Kind::Date, Kind::DateTime) => format!("{from} || ' 00:00:00.000000'"),
        _ => from,
    };
    match default {
        Some(default) if old.null => format!("COALESCE({kept}, {default})"),
        _ => kept,
    }
}

/// Minor units are whole numbers.
fn scaled(value: &str, places: u8) -> String {
    format!("{value} * {}", 10_i64.pow(u32::from(places)))
}
