//! Steps of a migration as statements of either dialect.

mod mysql;
mod sqlite;

use super::detect::Operation;
use super::detect::change::TableChange;
use super::statement::Action;
use crate::db::state::TableState;
use crate::db::{Engine, ddl};

/// The whole text of a migration.
#[must_use]
pub fn text(operations: &[Operation], engine: Engine) -> String {
    let statements: Vec<String> = operations.iter().flat_map(|step| of(step, engine)).collect();
    if statements.is_empty() {
        return "-- Nothing changes in the database, only what is recorded of it.\n".to_owned();
    }
    statements.join(";\n\n") + ";\n"
}

fn of(step: &Operation, engine: Engine) -> Vec<String> {
    match step {
        Operation::Create(table) => ddl::create_recorded(table, engine),
        Operation::Rename { old, to } => rename(old, to, engine),
        Operation::Alter(change) => {
            let mut statements = Vec::new();
            let has_index = old_words(change);
            if change.new.searched.is_empty() {
                statements.extend(has_index.as_deref().map(|name| drop_table(name, engine)));
            }
            statements.extend(match engine {
                Engine::Sqlite => sqlite::alter(change),
                Engine::Mysql => mysql::alter(change),
            });
            if has_index.is_none() {
                statements.extend(ddl::create_words(&change.new, engine));
            }
            if change.refills_words() {
                statements.extend(words(&change.new));
            }
            statements.extend(counts(change));
            statements
        }
        Operation::Drop(table) => {
            let mut statements = Vec::new();
            statements.extend(table.words().map(|name| drop_table(&name, engine)));
            statements.push(drop_table(&table.name, engine));
            statements.extend(table.counted.then(|| forget_count(&table.name)));
            statements
        }
    }
}

/// The word index goes with the old name: it is made and filled anew when the table is altered.
fn rename(old: &TableState, to: &str, engine: Engine) -> Vec<String> {
    let (before, after) = (ddl::quoted(engine, &old.name), ddl::quoted(engine, to));
    let mut statements = Vec::new();
    statements.extend(old.words().map(|name| drop_table(&name, engine)));
    statements.push(match engine {
        Engine::Sqlite => format!("ALTER TABLE {before} RENAME TO {after}"),
        Engine::Mysql => format!("RENAME TABLE {before} TO {after}"),
    });
    let mut follow = vec!["history"];
    if old.counted {
        follow.push("row_counts");
    }
    statements.extend(follow.into_iter().map(|table| {
        format!("UPDATE {table} SET table_name = '{to}' WHERE table_name = '{}'", old.name)
    }));
    statements
}

/// The word index as it stands when the alteration begins.
fn old_words(change: &TableChange) -> Option<String> {
    change.old.words().filter(|_| change.old.name == change.new.name)
}

fn words(table: &TableState) -> Option<String> {
    let (live, columns) = (table.is_soft_deleted(), table.searched.clone());
    Action::Words { table: table.name.clone(), live, columns }.own_text()
}

fn fold(table: &str, column: &str) -> Option<String> {
    Action::Fold(table.to_owned(), column.to_owned()).own_text()
}

fn drop_table(name: &str, engine: Engine) -> String {
    format!("DROP TABLE {}", ddl::quoted(engine, name))
}

fn counts(change: &TableChange) -> Vec<String> {
    let name = &change.new.name;
    if change.recounts() {
        let live = if change.new.is_soft_deleted() { " WHERE deleted_at IS NULL" } else { "" };
        return vec![
            forget_count(name),
            format!(
                "INSERT INTO row_counts (table_name, shard, live) SELECT '{name}', 0, COUNT(*) FROM {name}{live}"
            ),
        ];
    }
    let is_over = change.old.counted && !change.new.counted;
    is_over.then(|| forget_count(name)).into_iter().collect()
}

fn forget_count(table: &str) -> String {
    format!("DELETE FROM row_counts WHERE table_name = '{table}'")
}
