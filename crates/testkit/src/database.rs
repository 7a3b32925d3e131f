//! A database for each test: SQLite by copying a migrated file, MySQL by migrating a throw-away database.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use mysql::prelude::Queryable;
use platform::app::{App, Program};
use platform::auth::random_hex;
use platform::clock::Clock;
use platform::config::{Config, Source};
use platform::manage::commands::migrate_all;
use tempfile::TempDir;

/// Where a test's data is; it goes when this goes.
pub(crate) enum Database {
    File(TempDir),
    Server { server: String, name: String },
}

impl Database {
    pub(crate) fn create(program: Program) -> Self {
        match server() {
            Some(server) => {
                let name = format!("test_{}", random_hex().unwrap());
                admin(&server, &format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"));
                let database = Self::Server { server, name };
                migrate(program, &database);
                database
            }
            None => Self::embedded(program),
        }
    }

    /// SQLite, whatever the run is about.
    pub(crate) fn embedded(program: Program) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(template(program), folder.path().join("test.sqlite3")).unwrap();
        Self::File(folder)
    }

    /// An empty one, not migrated.
    pub(crate) fn empty() -> Self {
        match server() {
            Some(server) => {
                let name = format!("test_{}", random_hex().unwrap());
                admin(&server, &format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"));
                Self::Server { server, name }
            }
            None => Self::File(tempfile::tempdir().unwrap()),
        }
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::File(folder) => {
                format!("sqlite://{}", folder.path().join("test.sqlite3").display())
            }
            Self::Server { server, name } => format!("{server}{name}"),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Server { server, name } = self {
            admin(server, &format!("DROP DATABASE IF EXISTS {name}"));
        }
    }
}

/// The MySQL server of this run, with a final slash; none means SQLite.
#[expect(
    clippy::disallowed_methods,
    reason = "the test runner says by this variable which engine is meant"
)]
pub fn server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

/// The Redis of this run.
#[expect(
    clippy::disallowed_methods,
    reason = "the test runner says by this variable where its Redis is"
)]
pub(crate) fn redis() -> Option<String> {
    std::env::var("TEST_REDIS_URL").ok().filter(|url| !url.is_empty())
}

fn admin(server: &str, sql: &str) {
    let options = mysql::Opts::from_url(server).unwrap();
    mysql::Conn::new(options).unwrap().query_drop(sql).unwrap();
}

pub(crate) fn config(url: &str, folder: &Path, more: &[(&str, &str)]) -> Config {
    let mut values = vec![
        ("DATABASE_URL", url),
        ("DATABASE_CONNECTIONS", "4"),
        ("SECRET_KEY", "a-key-for-tests-only-0123456789-abcdefgh"),
        ("ALLOWED_HOSTS", "testserver"),
        ("EMAIL_BACKEND", "memory"),
    ];
    let redis = redis();
    if let Some(redis) = &redis {
        values.push(("REDIS_URL", redis));
    }
    values.extend_from_slice(more);
    Config::from_source(Source::of(&values), folder).unwrap()
}

fn migrate(program: Program, database: &Database) {
    let app = App::build(
        program,
        config(&database.url(), Path::new("."), &[]),
        Clock::standing(crate::NOW),
    )
    .unwrap();
    migrate_all(&app, &mut |_, _| {}).unwrap();
}

/// A migrated SQLite file, made once per run.
fn template(program: Program) -> &'static Path {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("first.sqlite3").display());
        let app =
            App::build(program, config(&url, folder.path(), &[]), Clock::standing(crate::NOW))
                .unwrap();
        migrate_all(&app, &mut |_, _| {}).unwrap();
        let path = folder.path().join("template.sqlite3");
        // A copy without a log beside it, whole in one file.
        let into = format!("VACUUM INTO '{}'", path.display());
        app.db().connect().unwrap().rows(&into, &[], |_| Ok(())).unwrap();
        (folder, path)
    });
    path
}
