//! An altered table on MySQL: one ALTER TABLE for each thing, so that an interrupted run can tell what was done;
//! what stands in the way of a change goes first and comes back last.

use std::collections::BTreeSet;

use super::fold;
use crate::db::migrate::detect::change::{Key, Pair, TableChange, keys};
use crate::db::state::ColumnState;
use crate::db::{Engine, Kind, ddl};

const ENGINE: Engine = Engine::Mysql;

pub(super) fn alter(change: &TableChange) -> Vec<String> {
    let table = quoted(&change.new.name);
    let plan = Plan::of(change);
    let mut steps: Vec<String> = Vec::new();
    steps.extend(
        plan.lost_foreign_keys.iter().map(|name| format!("DROP FOREIGN KEY {}", quoted(name))),
    );
    steps.extend(plan.lost_checks.iter().map(|name| format!("DROP CONSTRAINT {}", quoted(name))));
    steps.extend(plan.lost_keys.iter().map(|name| format!("DROP KEY {}", quoted(name))));
    if plan.loses_marker {
        steps.push(format!("DROP COLUMN {}", quoted(ddl::LIVE_COLUMN)));
    }
    let pairs = change.pairs();
    for (old, new) in pairs.iter().filter_map(renamed) {
        steps.push(format!("RENAME COLUMN {} TO {}", quoted(old), quoted(new)));
    }
    steps.extend(change.dropped().iter().map(|name| format!("DROP COLUMN {}", quoted(name))));
    let mut statements: Vec<String> = as_statements(&table, steps);
    statements.extend(columns(change, &pairs, &table));
    let mut steps: Vec<String> = Vec::new();
    if plan.gets_marker {
        steps.push(format!("ADD COLUMN {}", ddl::live_column_mysql()));
    }
    steps.extend(plan.new_keys.iter().map(|text| format!("ADD {text}")));
    steps.extend(plan.new_checks.iter().map(|text| format!("ADD {text}")));
    steps.extend(plan.new_foreign_keys.iter().map(|text| format!("ADD {text}")));
    statements.extend(as_statements(&table, steps));
    statements
}

fn as_statements(table: &str, steps: Vec<String>) -> Vec<String> {
    steps.into_iter().map(|step| format!("ALTER TABLE {table} {step}")).collect()
}

fn quoted(name: &str) -> String {
    ddl::quoted(ENGINE, name)
}

fn renamed(pair: &Pair) -> Option<(&str, &str)> {
    let old = pair.old.as_ref()?;
    (old.name != pair.new.name).then_some((&old.name, &pair.new.name))
}

/// The columns that are new or become another, with what rows get in them.
fn columns(change: &TableChange, pairs: &[Pair], table: &str) -> Vec<String> {
    let mut statements = Vec::new();
    let alter = |step: String| format!("ALTER TABLE {table} {step}");
    for pair in pairs {
        if let Some(base) = &pair.twin_of {
            statements.extend(twin(change, pair, base, table));
            continue;
        }
        let (column, default) = (&pair.new, change.defaults.get(&pair.new.name));
        let name = quoted(&column.name);
        match (&pair.old, default) {
            (None, None) => {
                statements.push(alter(format!("ADD COLUMN {}", ddl::column_mysql(column))));
            }
            (None, Some(literal)) => {
                let text = ddl::column_mysql(column);
                statements.push(alter(match column.kind {
                    // A long text's default must be an expression.
                    Kind::LongText => format!("ADD COLUMN {text} DEFAULT ({})", literal.mysql),
                    _ => format!("ADD COLUMN {text} DEFAULT {}", literal.mysql),
                }));
                statements.push(alter(format!("ALTER COLUMN {name} DROP DEFAULT")));
            }
            (Some(old), default) => {
                if let Some(literal) = default {
                    if old.kind != column.kind {
                        // The value is one of the new kind.
                        let open = ColumnState { null: true, ..column.clone() };
                        statements
                            .push(alter(format!("MODIFY COLUMN {}", ddl::column_mysql(&open))));
                    }
                    let value = &literal.mysql;
                    statements
                        .push(format!("UPDATE {table} SET {name} = {value} WHERE {name} IS NULL"));
                }
                if is_changed(old, column) {
                    statements.push(alter(format!("MODIFY COLUMN {}", ddl::column_mysql(column))));
                }
            }
        }
    }
    statements
}

/// A folded twin: it may be empty until it is filled.
fn twin(change: &TableChange, pair: &Pair, base: &str, table: &str) -> Vec<String> {
    let mut statements = Vec::new();
    let is_filled = change.folds().iter().any(|column| column == base);
    let line = |null: bool| ddl::column_mysql(&ColumnState { null, ..pair.new.clone() });
    if pair.old.is_none() {
        let null = pair.new.null || is_filled;
        statements.push(format!("ALTER TABLE {table} ADD COLUMN {}", line(null)));
    }
    if is_filled {
        statements.extend(fold(&change.new.name, base));
    }
    let is_final = match &pair.old {
        Some(old) => !is_changed(old, &pair.new),
        None => pair.new.null || !is_filled,
    };
    if !is_final {
        statements.push(format!("ALTER TABLE {table} MODIFY COLUMN {}", line(pair.new.null)));
    }
    statements
}

fn is_changed(old: &ColumnState, new: &ColumnState) -> bool {
    let old = ColumnState { name: new.name.clone(), ..old.clone() };
    ddl::column_mysql(&old) != ddl::column_mysql(new)
}

/// Constraints and keys that go and come.
struct Plan {
    lost_foreign_keys: Vec<String>,
    lost_checks: Vec<String>,
    lost_keys: Vec<String>,
    loses_marker: bool,
    gets_marker: bool,
    new_keys: Vec<String>,
    new_checks: Vec<String>,
    new_foreign_keys: Vec<String>,
}

impl Plan {
    fn of(change: &TableChange) -> Self {
        let touched = touched(change);
        let is_live = |key: &Key| key.unique == Some(true);
        let had_marker = keys(&change.old).iter().any(is_live);
        let has_marker = keys(&change.new).iter().any(is_live);
        let is_moved = touched.contains("deleted_at");
        let loses_marker = had_marker && (!has_marker || is_moved);
        let gets_marker = has_marker && (!had_marker || loses_marker);
        let (mut gone, mut made) = change.key_changes();
        if loses_marker {
            // Every set of live rows stands on the marker.
            for key in keys(&change.old).into_iter().filter(is_live) {
                if !gone.contains(&key) {
                    gone.push(key);
                }
            }
            for key in keys(&change.new).into_iter().filter(is_live) {
                if !made.contains(&key) {
                    made.push(key);
                }
            }
        }
        let (old_keys, new_keys) =
            (ddl::foreign_keys(&change.old, ENGINE), ddl::foreign_keys(&change.new, ENGINE));
        // A key needs an index that its column leads, and a column that stays as it is.
        let must_go = |column: &str| {
            touched.contains(column)
                || gone.iter().any(|key| key.columns.first().is_some_and(|first| first == column))
        };
        let referring = change.old.columns.iter().filter(|column| column.references.is_some());
        let mut lost_foreign_keys = Vec::new();
        for (column, key) in referring.zip(&old_keys) {
            if !new_keys.contains(key) || must_go(&column.name) {
                lost_foreign_keys.push(key.0.clone());
            }
        }
        let stays =
            |key: &(String, String)| old_keys.contains(key) && !lost_foreign_keys.contains(&key.0);
        let new_foreign_keys =
            new_keys.iter().filter(|key| !stays(key)).map(|(_, text)| text.clone()).collect();
        let (old_checks, new_checks) =
            (ddl::checks_mysql(&change.old), ddl::checks_mysql(&change.new));
        let lost = |old: &[(String, String)], new: &[(String, String)]| -> Vec<String> {
            old.iter().filter(|one| !new.contains(one)).map(|(name, _)| name.clone()).collect()
        };
        let won = |old: &[(String, String)], new: &[(String, String)]| -> Vec<String> {
            new.iter().filter(|one| !old.contains(one)).map(|(_, text)| text.clone()).collect()
        };
        let is_made = |name: &String| made.iter().any(|key| key.name == *name);
        Self {
            lost_checks: lost(&old_checks, &new_checks),
            new_checks: won(&old_checks, &new_checks),
            lost_keys: gone.iter().map(|key| key.name.clone()).collect(),
            loses_marker,
            gets_marker,
            new_keys: ddl::keys_mysql(&change.new)
                .into_iter()
                .filter(|(name, _)| is_made(name))
                .map(|(_, text)| text)
                .collect(),
            lost_foreign_keys,
            new_foreign_keys,
        }
    }
}

/// Columns that go, get another name or become another, by their recorded names.
fn touched(change: &TableChange) -> BTreeSet<String> {
    let mut touched: BTreeSet<String> = change.dropped().into_iter().collect();
    for pair in change.pairs() {
        if let Some(old) = &pair.old
            && (old.name != pair.new.name || is_changed(old, &pair.new))
        {
            touched.insert(old.name.clone());
        }
    }
    touched
}
