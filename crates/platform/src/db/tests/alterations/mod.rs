//! Tables that change: detected, written for both engines, applied to tables that hold rows.

mod before;
mod each_change;
pub(super) mod interrupted;
mod modules;
mod random;
mod refusals;
mod whole_tables;

use std::collections::BTreeMap;

use super::*;
use crate::clock::Clock;
use crate::db::migrate::detect::answers::Answers;
use crate::db::migrate::detect::{Compared, Draft, drafts_of};
use crate::db::migrate::{Migration, runner};
use crate::db::schema;
use crate::db::state::{ColumnState, TableState};

/// Answers given beforehand.
#[derive(Clone, Debug, Default)]
struct Known {
    tables: BTreeMap<String, String>,
    columns: BTreeMap<(String, String), String>,
    defaults: BTreeMap<String, String>,
}

impl Known {
    fn column(mut self, table: &str, old: &str, new: &str) -> Self {
        self.columns.insert((table.into(), old.into()), new.into());
        self
    }

    fn table(mut self, old: &str, new: &str) -> Self {
        self.tables.insert(old.into(), new.into());
        self
    }

    fn value(mut self, column: &str, value: &str) -> Self {
        self.defaults.insert(column.into(), value.into());
        self
    }
}

impl Answers for Known {
    fn renamed_table(&mut self, old: &str, _: &[&str], _: &[&str]) -> Result<Option<String>> {
        Ok(self.tables.get(old).cloned())
    }

    fn renamed_column(
        &mut self,
        table: &str,
        old: &str,
        _: &[&str],
        _: &[&str],
    ) -> Result<Option<String>> {
        Ok(self.columns.get(&(table.to_owned(), old.to_owned())).cloned())
    }

    fn value_for(&mut self, table: &str, column: &ColumnState, _: bool) -> Result<String> {
        let given = self.defaults.get(&format!("{table}.{}", column.name));
        given.cloned().ok_or_else(|| Error::Failed(format!("no default for {}", column.name)))
    }
}

/// What one module's tables need to become others.
fn drafts(old: &[TableState], new: &[TableState], mut answers: Known) -> Result<Vec<Draft>> {
    let module = Compared {
        module: "test".into(),
        recorded: old.to_vec(),
        described: new.to_vec(),
        migrations: vec![(
            "0001_initial".into(),
            old.iter().map(|table| table.name.clone()).collect(),
        )],
    };
    drafts_of(&[module], &mut answers, None)
}

/// A draft as if it were compiled in.
fn compiled(draft: &Draft) -> &'static Migration {
    let kept = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
    Box::leak(Box::new(Migration {
        module: "test",
        name: kept(&draft.name),
        depends: &[],
        sqlite: kept(&draft.sqlite),
        mysql: kept(&draft.mysql),
        state: kept(&serde_json::to_string(&draft.state).unwrap()),
    }))
}

fn apply(conn: &mut Conn, migrations: &[&'static Migration]) -> Result<usize> {
    runner::apply(conn, migrations, &Clock::standing(at(0)), &mut |_, _| {})
}

fn states(tables: &[&Table]) -> Vec<TableState> {
    tables.iter().map(|table| TableState::from(*table)).collect()
}

#[track_caller]
fn assert_as_described(conn: &mut Conn, tables: &[TableState]) {
    let mut expected = schema::recorded(tables.iter().cloned());
    expected.tables.extend(schema::described(system::TABLES).tables);
    let actual = schema::read(conn).unwrap();
    assert_eq!(schema::differences(&expected, &actual), [""; 0]);
}

/// The first column of all rows, as text.
fn texts(conn: &mut Conn, sql: &str) -> Vec<Option<String>> {
    conn.rows(sql, &[], |row| row.at(0)).unwrap()
}
