//! The checks, on a production with nothing to complain of: each case spoils one thing, and its id appears.

mod cases;
mod choice;
mod report;
mod services;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Duration};
use tempfile::TempDir;

use super::{Choice, DatabaseFacts, Finding, RedisFacts, ServerFacts, Subject, run};
use crate::app::Program;
use crate::clock::Clock;
use crate::config::Source;
use crate::db::Engine;
use crate::http::home::tests::PROGRAM;
use crate::machine::modes;
use crate::types::time::Moment;

const KEY: &str = "k3Jx9-Qw7_Zr2Lp8Vb5Nc1Mh6Gt4Fd0SaYe9Ui2Oo7Pp1Aa3Ss5Dd8Ff";

/// A production that may be spoilt.
pub struct World {
    pub program: Program,
    pub values: Vec<(&'static str, String)>,
    /// Whether the values stand in `.env`.
    pub in_file: bool,
    pub folder: TempDir,
    pub now: Moment,
    pub database: Result<DatabaseFacts, String>,
    pub redis: Result<RedisFacts, String>,
}

impl World {
    /// With nothing to complain of.
    pub fn good() -> Self {
        let folder = TempDir::new().unwrap();
        for name in ["staticfiles", "media", "logs", "backups"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
            modes::set_mode(&folder.path().join(name), 0o750).unwrap();
        }
        std::fs::write(
            folder.path().join("backups/backend_optimizacion-20260301-020000.tar.gz"),
            "x",
        )
        .unwrap();
        let values = [
            ("DEBUG", "False"),
            ("SECRET_KEY", KEY),
            ("ALLOWED_HOSTS", "clinica.pe,.clinica.pe"),
            ("DATABASE_URL", "mysql://clinica:Zr2Lp8Vb5Nc1Mh6@db:3306/backend_optimizacion"),
            ("REDIS_URL", "redis://:Gt4Fd0SaYe9Ui2@redis:6379/0"),
            ("TRUSTED_PROXIES", "10.0.0.5"),
            ("CSRF_TRUSTED_ORIGINS", "https://clinica.pe"),
            ("CORS_ALLOWED_ORIGINS", "https://app.clinica.pe"),
            ("EMAIL_BACKEND", "file"),
        ];
        Self {
            program: PROGRAM,
            values: values.map(|(name, value)| (name, value.to_owned())).to_vec(),
            in_file: false,
            folder,
            now: DateTime::from_timestamp(1_772_463_600, 0).unwrap(), // 2 March 2026
            database: Ok(good_database()),
            redis: Ok(good_redis()),
        }
    }

    /// Gives a setting another value.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.values.retain(|(known, _)| *known != name);
        self.values.push((name, value.into()));
    }

    /// Takes a setting away.
    pub fn unset(&mut self, name: &str) {
        self.values.retain(|(known, _)| *known != name);
    }

    /// A path in the working directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn chmod(&self, name: &str, mode: u32) {
        modes::set_mode(&self.path(name), mode).unwrap();
    }

    pub fn write(&self, name: &str, content: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// On the embedded database.
    pub fn embedded(&mut self) {
        self.set("DATABASE_URL", "sqlite://data/clinic.sqlite3");
        self.set("ALLOW_SQLITE", "True");
        self.write("data/clinic.sqlite3", "");
        self.chmod("data", 0o750);
        self.chmod("data/clinic.sqlite3", 0o640);
    }

    pub fn server(&mut self) -> &mut ServerFacts {
        self.database.as_mut().unwrap().server.as_mut().unwrap()
    }

    /// What all checks find.
    pub fn findings(&self) -> Vec<Finding> {
        let values: Vec<(&str, &str)> =
            self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let source = if self.in_file { Source::of_file(&values) } else { Source::of(&values) };
        let clock = Clock::standing(self.now);
        let subject = Subject::new(&self.program, self.folder.path(), source, clock);
        subject.database.set(self.database.clone()).unwrap();
        subject.redis.set(Some(self.redis.clone())).unwrap();
        let choice = Choice { deploy: true, ..Choice::default() };
        let mut found = run(&subject, &choice).unwrap().findings().to_vec();
        // The disk of the machine that runs the tests is what it is; the rule has a test of its own.
        found.retain(|finding| finding.id != "files.W009");
        found
    }
}

pub fn good_database() -> DatabaseFacts {
    DatabaseFacts {
        engine: Engine::Mysql,
        version: "MariaDB 10.11.19".into(),
        pending: Vec::new(),
        altered: None,
        differences: Vec::new(),
        ahead: Duration::seconds(1),
        damage: None,
        bytes: 1 << 20,
        server: Some(ServerFacts {
            is_mariadb: true,
            version: (10, 11),
            charset: "utf8mb4".into(),
            collation: "utf8mb4_unicode_ci".into(),
            sql_mode: "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION".into(),
            isolation: "READ-COMMITTED".into(),
            time_zone: "+00:00".into(),
            binlog_format: Some("ROW".into()),
            max_connections: 151,
            flush_at_commit: 1,
            max_packet: 16 << 20,
            foreign_engines: Vec::new(),
            foreign_charsets: Vec::new(),
        }),
    }
}

pub fn good_redis() -> RedisFacts {
    RedisFacts {
        version: "7.2.4".into(),
        eviction: "noeviction".into(),
        max_memory: 64 << 20,
        appends: true,
        saves: String::new(),
        is_open: false,
        is_local: false,
        keeps: true,
    }
}
