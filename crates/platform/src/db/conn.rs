//! A connection with the same face for both engines: one text with `?`, rows by column name.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use mysql::prelude::Queryable;
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::row::{Row, Source};
use super::value::{FromValue, Value, micros};
use super::{Changes, DbError, DbResult, Engine, Table, constraint};
use crate::types::time;
use chrono::{Datelike, Timelike};

/// A database connection, owned by one worker thread.
pub struct Conn {
    pub(super) driver: Driver,
    /// Column names of statements seen: asking the driver each time costs an allocation per column.
    names: HashMap<String, Arc<[String]>, foldhash::fast::RandomState>,
    /// The engine asked for the transaction again, whatever the closure made of the error.
    pub(super) must_repeat: bool,
    /// The connection is of no further use.
    pub(super) is_lost: bool,
    /// Texts of the statements run, when somebody wants to count or read them.
    pub(super) trace: Option<Vec<String>>,
}

pub(super) enum Driver {
    Sqlite(rusqlite::Connection),
    Mysql(Box<mysql::Conn>),
}

/// Statements whose column names are remembered; texts built at run time vary, but not without end.
const REMEMBERED_STATEMENTS: usize = 512;

impl Conn {
    pub(super) fn new(driver: Driver) -> Self {
        Self { driver, names: HashMap::default(), must_repeat: false, is_lost: false, trace: None }
    }

    /// Which engine it speaks to.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.driver {
            Driver::Sqlite(_) => Engine::Sqlite,
            Driver::Mysql(_) => Engine::Mysql,
        }
    }

    /// What a SELECT ends in to hold its rows until the transaction ends. SQLite has one writer, who holds
    /// everything.
    #[must_use]
    pub fn for_update(&self) -> &'static str {
        match self.engine() {
            Engine::Sqlite => "",
            Engine::Mysql => " FOR UPDATE",
        }
    }

    /// All rows, each mapped.
    pub fn rows<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        mut map: impl FnMut(&Row<'_>) -> DbResult<T>,
    ) -> DbResult<Vec<T>> {
        let mut rows = Vec::new();
        self.each(sql, params, |row| {
            rows.push(map(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    /// The first row, mapped, if there is one.
    pub fn first<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        mut map: impl FnMut(&Row<'_>) -> DbResult<T>,
    ) -> DbResult<Option<T>> {
        let mut found = None;
        self.each(sql, params, |row| {
            found = Some(map(row)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// The first column of the first row, if there is one.
    pub fn scalar<T: for<'r> FromValue<'r>>(
        &mut self,
        sql: &str,
        params: &[Value],
    ) -> DbResult<Option<T>> {
        self.first(sql, params, |row| row.at(0))
    }

    /// The first column of the one row that must be there, such as a count.
    pub fn one<T: for<'r> FromValue<'r>>(&mut self, sql: &str, params: &[Value]) -> DbResult<T> {
        self.scalar(sql, params)?.ok_or(DbError::NoRow)
    }

    /// Whether any row comes.
    pub fn exists(&mut self, sql: &str, params: &[Value]) -> DbResult<bool> {
        self.first(sql, params, |_| Ok(())).map(|found| found.is_some())
    }

    /// All described values of the row `id` of `table`.
    pub fn values_of(&mut self, table: &'static Table, id: i64) -> DbResult<Option<Changes>> {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let sql = format!("SELECT {} FROM {} WHERE id = ?", names.join(", "), table.name);
        self.first(&sql, &[Value::Int(id)], |row| {
            let mut values = Changes::new();
            for column in table.columns {
                values.set(column.name, row.value(column.name, column.kind)?);
            }
            Ok(values)
        })
    }

    /// Visits rows one by one as the engine delivers them, until told to stop.
    pub fn each(
        &mut self,
        sql: &str,
        params: &[Value],
        mut visit: impl FnMut(&Row<'_>) -> DbResult<ControlFlow<()>>,
    ) -> DbResult<()> {
        if let Some(trace) = &mut self.trace {
            trace.push(sql.to_owned());
        }
        let known = self.names.get(sql).cloned();
        let (outcome, names) = match &mut self.driver {
            Driver::Sqlite(connection) => each_sqlite(connection, sql, params, known, &mut visit),
            Driver::Mysql(connection) => each_mysql(connection, sql, params, known, &mut visit),
        };
        if let Some(names) = names {
            if self.names.len() >= REMEMBERED_STATEMENTS {
                self.names.clear();
            }
            self.names.insert(sql.to_owned(), names);
        }
        self.noticed(outcome)
    }

    /// Runs a statement that answers no rows; returns how many it touched (matched, for an UPDATE).
    pub(crate) fn run(&mut self, sql: &str, params: &[Value]) -> DbResult<u64> {
        if let Some(trace) = &mut self.trace {
            trace.push(sql.to_owned());
        }
        let outcome = match &mut self.driver {
            Driver::Sqlite(connection) => connection
                .prepare_cached(sql)
                .and_then(|mut statement| statement.execute(rusqlite::params_from_iter(params)))
                .map(|touched| touched as u64)
                .map_err(|error| constraint::of_sqlite(&error, sql)),
            Driver::Mysql(connection) => connection
                .exec_drop(sql, mysql_params(params))
                .map(|()| connection.affected_rows())
                .map_err(|error| constraint::of_mysql(error, sql)),
        };
        self.noticed(outcome)
    }

    /// Runs statements as text, without parameters: transaction control and DDL.
    pub(crate) fn batch(&mut self, sql: &str) -> DbResult<()> {
        let outcome = match &mut self.driver {
            Driver::Sqlite(connection) => {
                connection.execute_batch(sql).map_err(|error| constraint::of_sqlite(&error, sql))
            }
            Driver::Mysql(connection) => {
                connection.query_drop(sql).map_err(|error| constraint::of_mysql(error, sql))
            }
        };
        self.noticed(outcome)
    }

    pub(super) fn last_insert_id(&self) -> i64 {
        match &self.driver {
            Driver::Sqlite(connection) => connection.last_insert_rowid(),
            Driver::Mysql(connection) => i64::try_from(connection.last_insert_id()).unwrap_or(0),
        }
    }

    /// Starts to remember the texts of statements.
    pub fn start_trace(&mut self) {
        self.trace = Some(Vec::new());
    }

    /// The texts remembered since [`Self::start_trace`].
    pub fn take_trace(&mut self) -> Vec<String> {
        self.trace.take().unwrap_or_default()
    }

    fn noticed<T>(&mut self, outcome: DbResult<T>) -> DbResult<T> {
        match &outcome {
            Err(DbError::Repeat(_)) => self.must_repeat = true,
            Err(DbError::Unavailable(_)) => self.is_lost = true,
            _ => {}
        }
        outcome
    }
}

type Visit<'v> = &'v mut dyn FnMut(&Row<'_>) -> DbResult<ControlFlow<()>>;

fn each_sqlite(
    connection: &rusqlite::Connection,
    sql: &str,
    params: &[Value],
    known: Option<Arc<[String]>>,
    visit: Visit<'_>,
) -> (DbResult<()>, Option<Arc<[String]>>) {
    let failed = |error: rusqlite::Error| constraint::of_sqlite(&error, sql);
    let mut statement = match connection.prepare_cached(sql) {
        Ok(statement) => statement,
        Err(error) => return (Err(failed(error)), None),
    };
    let learned = known.is_none();
    let names = known.unwrap_or_else(|| statement.column_names().map(str::to_owned).collect());
    let mut visit_all = || -> DbResult<()> {
        let mut rows = statement.query(rusqlite::params_from_iter(params)).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            if visit(&Row::new(Source::Sqlite(row), &names))?.is_break() {
                break;
            }
        }
        Ok(())
    };
    let outcome = visit_all();
    (outcome, learned.then_some(names))
}

fn each_mysql(
    connection: &mut mysql::Conn,
    sql: &str,
    params: &[Value],
    known: Option<Arc<[String]>>,
    visit: Visit<'_>,
) -> (DbResult<()>, Option<Arc<[String]>>) {
    let failed = |error: mysql::Error| constraint::of_mysql(error, sql);
    let mut answer = match connection.exec_iter(sql, mysql_params(params)) {
        Ok(answer) => answer,
        Err(error) => return (Err(failed(error)), None),
    };
    let learned = known.is_none();
    let names: Arc<[String]> = known.unwrap_or_else(|| {
        answer.columns().as_ref().iter().map(|column| column.name_str().into_owned()).collect()
    });
    let mut visit_all = || -> DbResult<()> {
        for row in answer.by_ref() {
            let row = row.map_err(failed)?;
            if visit(&Row::new(Source::Mysql(&row), &names))?.is_break() {
                break;
            }
        }
        Ok(())
    };
    let outcome = visit_all();
    (outcome, learned.then_some(names))
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        use rusqlite::types::Value as Lite;
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Lite::Null),
            Self::Bool(value) => ToSqlOutput::Owned(Lite::Integer(i64::from(*value))),
            Self::Int(value) => ToSqlOutput::Owned(Lite::Integer(*value)),
            Self::Decimal(value, places) => {
                ToSqlOutput::Owned(Lite::Integer(Self::minor_units(*value, *places)))
            }
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Self::Date(day) => ToSqlOutput::Owned(Lite::Text(time::stored_date(*day))),
            Self::Time(value) => ToSqlOutput::Owned(Lite::Text(time::stored_time(*value))),
            Self::DateTime(moment) => ToSqlOutput::Owned(Lite::Text(time::stored_moment(*moment))),
        })
    }
}

fn mysql_params(params: &[Value]) -> mysql::Params {
    if params.is_empty() {
        return mysql::Params::Empty;
    }
    mysql::Params::Positional(params.iter().map(to_mysql).collect())
}

fn small(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

fn to_mysql(value: &Value) -> mysql::Value {
    use mysql::Value as My;
    let year = |year: i32| u16::try_from(year).unwrap_or(0);
    match value {
        Value::Null => My::NULL,
        Value::Bool(value) => My::Int(i64::from(*value)),
        Value::Int(value) => My::Int(*value),
        Value::Decimal(value, places) => {
            let mut value = *value;
            value.rescale(u32::from(*places));
            My::Bytes(value.to_string().into_bytes())
        }
        Value::Text(text) => My::Bytes(text.clone().into_bytes()),
        Value::Bytes(bytes) => My::Bytes(bytes.clone()),
        Value::Date(day) => {
            My::Date(year(day.year()), small(day.month()), small(day.day()), 0, 0, 0, 0)
        }
        Value::Time(value) => {
            let value = micros(*value);
            My::Time(
                false,
                0,
                small(value.hour()),
                small(value.minute()),
                small(value.second()),
                value.nanosecond() / 1_000,
            )
        }
        Value::DateTime(moment) => My::Date(
            year(moment.year()),
            small(moment.month()),
            small(moment.day()),
            small(moment.hour()),
            small(moment.minute()),
            small(moment.second()),
            moment.nanosecond() / 1_000,
        ),
    }
}
