//! An installation of a test's own: a folder, and a database in it or on the server of this run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clinic::{MODULES, PROGRAM};
use mysql::prelude::Queryable;
use platform::app::App;
use platform::auth::random_hex;
use platform::clock::Clock;
use platform::config::{Config, Source};
use platform::db::state::TableState;
use platform::db::{Db, Engine, Value, ddl, search, system};
use tempfile::TempDir;

use super::{done, refused};

#[expect(
    clippy::disallowed_methods,
    reason = "the test runner says by this variable which engine is meant"
)]
pub(crate) fn server() -> Option<String> {
    let url = std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())?;
    Some(format!("{}/", url.trim_end_matches('/')))
}

/// The installation; its database goes when it goes.
pub(crate) struct Place {
    folder: TempDir,
    url: String,
    on_server: Option<(String, String)>,
}

impl Place {
    /// On the engine of this run, empty.
    pub(crate) fn new() -> Self {
        match server() {
            Some(server) => Self::mysql(server),
            None => Self::sqlite(),
        }
    }

    /// On the other engine, where there are two.
    pub(crate) fn other() -> Self {
        Self::sqlite()
    }

    fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("db.sqlite3").display());
        Self { folder, url, on_server: None }
    }

    fn mysql(server: String) -> Self {
        let name = format!("test_{}", random_hex().unwrap());
        admin(&server).query_drop(format!("CREATE DATABASE {name} CHARACTER SET utf8mb4")).unwrap();
        let url = format!("{server}{name}");
        Self { folder: tempfile::tempdir().unwrap(), url, on_server: Some((server, name)) }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn engine(&self) -> Engine {
        if self.on_server.is_some() { Engine::Mysql } else { Engine::Sqlite }
    }

    /// Statements on the database, behind the program's back.
    pub(crate) fn sql(&self, statement: &str) {
        match &self.on_server {
            Some((server, name)) => {
                let mut connection = admin(server);
                connection.query_drop(format!("USE {name}")).unwrap();
                connection.query_drop(statement).unwrap();
            }
            None => {
                let _no_rows =
                    self.db().connect().unwrap().rows(statement, &[], |_| Ok(())).unwrap();
            }
        }
    }

    pub(crate) fn settings(&self) -> [(&str, &str); 2] {
        // Tests must not share a cache, and these need none.
        [("DATABASE_URL", &self.url), ("DATABASE_CONNECTIONS", "4")]
    }

    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        done(self.path(), &self.settings(), arguments)
    }

    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        refused(self.path(), &self.settings(), arguments)
    }

    pub(crate) fn config(&self) -> Config {
        let mut values = self.settings().to_vec();
        values.push(("SECRET_KEY", "a-key-for-tests-only-0123456789-abcdefgh"));
        Config::from_source(Source::of(&values), self.path()).unwrap()
    }

    pub(crate) fn app(&self) -> App {
        App::build(PROGRAM, self.config(), Clock::system()).unwrap()
    }

    fn db(&self) -> Db {
        Db::start(&self.config().database.location, 1).unwrap()
    }

    /// Migrated, with a made-up clinic and uploads.
    pub(crate) fn filled() -> Self {
        let place = Self::new();
        place.done(&["migrate"]);
        place.done(&[
            "seeddemo",
            "--patients",
            "150",
            "--appointments",
            "150",
            "--therapists",
            "5",
        ]);
        let logo = place.path().join("media/company");
        std::fs::create_dir_all(&logo).unwrap();
        std::fs::write(logo.join("logo ñ.png"), [7; 5_000]).unwrap();
        let long = place.path().join("media").join("x".repeat(120));
        std::fs::create_dir_all(&long).unwrap();
        std::fs::write(long.join("y".repeat(150)), "long").unwrap();
        std::os::unix::fs::symlink("/etc/passwd", place.path().join("media/link")).unwrap();
        place
    }

    /// Takes a backup; where it is.
    pub(crate) fn backup(&self) -> String {
        let said = self.done(&["backup", "--json"]);
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        said["file"].as_str().unwrap().to_owned()
    }

    /// Every row of every table but the sessions, as the program reads it.
    pub(crate) fn contents(&self) -> BTreeMap<String, Vec<Vec<Value>>> {
        let mut conn = self.db().connect().unwrap();
        let mut all = BTreeMap::new();
        let tables = system::TABLES.iter().chain(MODULES.iter().flat_map(|module| module.tables));
        for table in tables.filter(|table| table.name != "sessions") {
            let columns = ddl::physical_columns(&TableState::from(*table));
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            let (names, key) = (names.join(", "), table.key.join(", "));
            let sql = format!("SELECT {names} FROM {} ORDER BY {key}", table.name);
            let rows = conn.rows(&sql, &[], |row| {
                columns.iter().map(|column| row.value(&column.name, column.kind)).collect()
            });
            all.insert(table.name.to_owned(), rows.unwrap());
            if !table.searched.is_empty() {
                let name = search::index_name(table.name);
                let sql = format!("SELECT word, row_id FROM {name} ORDER BY word, row_id");
                let rows = conn
                    .rows(&sql, &[], |row| {
                        Ok(vec![Value::Text(row.at(0)?), Value::Int(row.at(1)?)])
                    })
                    .unwrap();
                all.insert(name, rows);
            }
        }
        all
    }

    /// The names of the tables in the database.
    pub(crate) fn tables(&self) -> Vec<String> {
        let sql = match self.engine() {
            Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
            Engine::Mysql => {
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
            }
        };
        self.db().connect().unwrap().rows(sql, &[], |row| row.at(0)).unwrap()
    }

    /// The paths of the uploads with their contents.
    pub(crate) fn uploads(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.path().join("media");
        let mut found = BTreeMap::new();
        let mut waiting = vec![root.clone()];
        while let Some(folder) = waiting.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let path = entry.path();
                if entry.file_type().unwrap().is_dir() {
                    waiting.push(path);
                } else if entry.file_type().unwrap().is_file() {
                    let below = path.strip_prefix(&root).unwrap().to_owned();
                    found.insert(below, std::fs::read(path).unwrap());
                }
            }
        }
        found
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.on_server {
            admin(server).query_drop(format!("DROP DATABASE IF EXISTS {name}")).unwrap();
        }
    }
}

fn admin(server: &str) -> mysql::Conn {
    mysql::Conn::new(mysql::Opts::from_url(server).unwrap()).unwrap()
}
