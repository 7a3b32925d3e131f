//! The facade against a real engine: a SQLite file in a folder that goes with the test, or, when
//! `TEST_DATABASE_URL` names a server, a database there with a name of its own.

mod alterations;
mod constraints;
mod crash;
mod decimals;
mod explained;
mod group;
mod history;
mod imports;
mod migrations;
mod outages;
mod races;
mod round_trip;
mod schema;
mod short_reads;
mod words;

use std::path::PathBuf;

use chrono::DateTime;
use tempfile::TempDir;

use super::{
    Changes, Column, Conn, Db, DbError, Engine, FromValue, Index, Location, OnDelete, Table, Tx,
    Unique, Value, Violation, WriteContext, ddl, system,
};
use crate::auth::identity::Generation;
use crate::auth::random_hex;
use crate::error::{Error, Refusal, Result};
use crate::params;
use crate::types::time::Moment;

static TEAMS: Table = Table::new(
    "teams",
    "Team",
    &[
        Column::id(),
        Column::text("name", 60, "", "").folded(),
        Column::text("code", 10, "", "").null(),
    ],
)
.uniques(&[
    Unique::new("uq_teams_name", &["name_fold"], "name"),
    Unique::new("uq_teams_code", &["code"], "team_code"),
]);

static PEOPLE: Table = Table::new(
    "people",
    "Person",
    &[
        Column::id(),
        Column::reference("team_id", "teams", "", "").null().on_delete(OnDelete::SetNull),
        Column::text("first_name", 60, "", "").folded(),
        Column::text("last_name", 60, "", "").null(),
        Column::text("email", 80, "", "").null(),
        Column::text("status", 10, "", "").choices(&["new", "known"]),
        Column::decimal("balance", 10, 2, "", "").min(-50),
        Column::int("visits", "", "").min(0).null(),
        Column::text("pin", 20, "", "").null().secret(),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.uniques(&[Unique::live("uq_people_email", &["email"], "email_address")])
.indexes(&[Index::new("ix_people_name", &["last_name", "first_name"])])
.searched(&["first_name", "last_name"])
.counted();

static VISITS: Table = Table::new(
    "visits",
    "Visit",
    &[
        Column::id(),
        Column::reference("person_id", "people", "", ""),
        Column::reference("team_id", "teams", "", "").null().on_delete(OnDelete::Cascade),
        Column::moment("at", "", ""),
    ],
)
.indexes(&[Index::new("ix_visits_person", &["person_id", "at"])])
.unaudited();

/// Every kind of column, each of them optional.
static SAMPLES: Table = Table::new(
    "samples",
    "Sample",
    &[
        Column::id(),
        Column::bool("flag", "", "").null(),
        Column::int("whole", "", "").null(),
        Column::row_id("other", "", "").null(),
        Column::decimal("short_number", 4, 0, "", "").null(),
        Column::decimal("amount", 10, 2, "", "").null(),
        Column::decimal("fine", 18, 6, "", "").null(),
        Column::text("line", 40, "", "").null(),
        Column::long_text("page", "", "").null(),
        Column::text("pick", 10, "", "").null().choices(&["one", "two"]),
        Column::date("day", "", "").null(),
        Column::time("hour", "", "").null(),
        Column::moment("moment", "", "").null(),
    ],
)
.unaudited();

/// Parents first.
static TABLES: &[&Table] = &[&TEAMS, &PEOPLE, &VISITS, &SAMPLES];

/// A database of a test's own; it goes when this goes.
struct Scratch {
    db: Db,
    location: Location,
    server: Option<(String, String)>,
    _folder: TempDir,
}

impl Scratch {
    /// With the bookkeeping tables and those above.
    fn new() -> Self {
        let scratch = Self::empty();
        let mut conn = scratch.db.connect().unwrap();
        for table in system::TABLES.iter().chain(TABLES) {
            create(&mut conn, table);
        }
        scratch
    }

    /// Without any table.
    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let Some(url) = server() else {
            let location = Location::File(folder.path().join("test.sqlite3"));
            let db = Db::start(&location, 4).unwrap();
            return Self { db, location, server: None, _folder: folder };
        };
        let url = format!("{}/", url.trim_end_matches('/'));
        let name = format!("test_{}", random_hex().unwrap());
        admin(&url, &format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"));
        let location = Location::Server(format!("{url}{name}"));
        let db = Db::start(&location, 4).unwrap();
        Self { db, location, server: Some((url, name)), _folder: folder }
    }

    fn path(&self) -> Option<&PathBuf> {
        match &self.location {
            Location::File(path) => Some(path),
            Location::Server(_) => None,
        }
    }

    fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.db.write_blocking(context(), false, work)
    }

    fn insert(&self, table: &'static Table, changes: Changes) -> Result<i64> {
        self.write(move |tx| tx.insert(table, changes.clone()))
    }

    /// One value of one row.
    fn one<T: for<'r> FromValue<'r> + Send + 'static>(
        &self,
        sql: &'static str,
        params: &[Value],
    ) -> T {
        let params = params.to_vec();
        self.db.read_blocking(move |conn| Ok(conn.one(sql, &params)?)).unwrap()
    }

    /// The first column of all rows.
    fn column<T: for<'r> FromValue<'r> + Send + 'static>(&self, sql: &'static str) -> Vec<T> {
        self.db.read_blocking(move |conn| Ok(conn.rows(sql, &[], |row| row.at(0))?)).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some((url, name)) = &self.server {
            admin(url, &format!("DROP DATABASE IF EXISTS {name}"));
        }
    }
}

/// The engine of this run.
fn engine() -> Engine {
    if server().is_some() { Engine::Mysql } else { Engine::Sqlite }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test runner says by this variable which engine is meant"
)]
fn server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

fn admin(url: &str, sql: &str) {
    let options = super::mysql::options(url).unwrap();
    super::mysql::open(&options).unwrap().batch(sql).unwrap();
}

fn create(conn: &mut Conn, table: &Table) {
    for statement in ddl::create(table, conn.engine()) {
        conn.batch(&statement).unwrap();
    }
}

/// Microseconds after a fixed moment: tests need no running clock.
fn at(micros: i64) -> Moment {
    DateTime::from_timestamp_micros(1_893_456_000_000_000 + micros).unwrap()
}

fn context() -> WriteContext {
    context_at(at(0))
}

fn context_at(now: Moment) -> WriteContext {
    WriteContext {
        actor: Some(7),
        origin: "test".to_owned(),
        now,
        generation: Generation::default(),
    }
}

fn person(name: &str) -> Changes {
    Changes::new()
        .with("first_name", name)
        .with("status", "new")
        .with("balance", Value::Decimal(0.into(), 2))
}

/// The one complaint of a refusal: field and code.
#[track_caller]
fn complaint<T: std::fmt::Debug>(outcome: Result<T>) -> (String, &'static str) {
    let error = outcome.unwrap_err();
    let Some(Refusal { fields, .. }) = error.refusal() else { panic!("no refusal: {error:?}") };
    assert_eq!(fields.len(), 1, "{fields:?}");
    (fields[0].field.to_string(), fields[0].code)
}

/// Whether the database itself refused a value.
fn is_invalid<T>(outcome: &Result<T>) -> bool {
    matches!(outcome, Err(Error::Db(DbError::Constraint(Violation::Invalid(_)))))
}
