//! What one shell has: the program, its own connection, the statements it ran, and whether it may write.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use rhai::EvalAltResult;
use tokio::runtime::Runtime;

use crate::app::App;
use crate::db::{Conn, DbError, DbResult, Row, Table, Value, Violation, system};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::manage::setup;

/// The outcome of everything the language can call.
pub(super) type Outcome<T> = std::result::Result<T, Box<EvalAltResult>>;

/// Statements remembered for `connection.queries`; the oldest go first.
const REMEMBERED: usize = 9_000;

/// What the shell may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// Nothing.
    No,
    /// Anything, each change confirmed by hand.
    Asked,
    /// Anything; the operator said yes to all of it.
    Agreed,
}

/// A statement that ran.
#[derive(Clone, Debug)]
pub(super) struct Ran {
    pub(super) sql: String,
    pub(super) time: Duration,
}

/// One shell.
pub(super) struct Session {
    pub(super) app: App,
    pub(super) writing: Writing,
    /// Whether `exit()` was called.
    pub(super) is_left: Cell<bool>,
    runtime: Runtime,
    reader: RefCell<Option<Conn>>,
    queries: RefCell<VecDeque<Ran>>,
}

impl Session {
    pub(super) fn new(app: App, writing: Writing) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Error::failed("runtime", error))?;
        let (reader, queries) = (RefCell::default(), RefCell::default());
        let is_left = Cell::new(false);
        Ok(Self { app, writing, is_left, runtime, reader, queries })
    }

    /// Every described table, the modules' first.
    pub(super) fn models(&self) -> impl Iterator<Item = &'static Table> + use<> {
        let modules = self.app.program().modules;
        modules
            .iter()
            .flat_map(|module| module.tables.iter().copied())
            .chain(system::TABLES.iter().copied())
    }

    pub(super) fn model(&self, name: &str) -> Option<&'static Table> {
        self.models().find(|table| table.model == name)
    }

    /// The models' names, in alphabetical order.
    pub(super) fn model_names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.models().map(|table| table.model).collect();
        names.sort_unstable();
        names
    }

    /// Runs a reading statement and visits its rows; a lost connection is opened anew once.
    pub(super) fn each(
        &self,
        sql: &str,
        params: &[Value],
        visit: &mut dyn FnMut(&Row<'_>) -> DbResult<ControlFlow<()>>,
    ) -> Outcome<()> {
        let started = Instant::now();
        let outcome = self.each_once(sql, params, visit).or_else(|error| match error {
            DbError::Unavailable(_) => self.each_once(sql, params, visit),
            other => Err(other),
        });
        self.remember(sql.to_owned(), started.elapsed());
        outcome.map_err(|error| self.told(&Error::Db(error)).into())
    }

    fn each_once(
        &self,
        sql: &str,
        params: &[Value],
        visit: &mut dyn FnMut(&Row<'_>) -> DbResult<ControlFlow<()>>,
    ) -> DbResult<()> {
        let mut reader = self.reader.borrow_mut();
        let conn = match reader.take() {
            Some(conn) => reader.insert(conn),
            None => reader.insert(self.app.db().connect()?),
        };
        let outcome = conn.each(sql, params, visit);
        if matches!(outcome, Err(DbError::Unavailable(_))) {
            *reader = None;
        }
        outcome
    }

    pub(super) fn remember(&self, sql: String, time: Duration) {
        let mut queries = self.queries.borrow_mut();
        if queries.len() >= REMEMBERED {
            queries.pop_front();
        }
        queries.push_back(Ran { sql, time });
    }

    pub(super) fn queries(&self) -> Vec<Ran> {
        self.queries.borrow().iter().cloned().collect()
    }

    pub(super) fn forget_queries(&self) {
        self.queries.borrow_mut().clear();
    }

    /// Waits for something asynchronous.
    pub(super) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// An error of the program in one sentence.
    pub(super) fn told(&self, error: &Error) -> String {
        let program = self.app.program();
        match error {
            Error::Refused(refusal) if refusal.fields.is_empty() => {
                refusal.message.speak(program.texts, Lang::En)
            }
            Error::Refused(refusal) => {
                let complaints: Vec<String> = refusal
                    .fields
                    .iter()
                    .map(|complaint| {
                        let sentence = complaint.message.speak(program.texts, Lang::En);
                        format!("{}: {sentence}", complaint.field)
                    })
                    .collect();
                complaints.join(" ")
            }
            Error::Db(DbError::Constraint(Violation::Invalid(message))) => {
                format!("the database refuses it: {message}")
            }
            other => setup::explain(program, other),
        }
    }
}
