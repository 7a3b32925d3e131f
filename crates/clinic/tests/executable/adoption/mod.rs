//! The database of the Django program, made as it made it, and taken over. On SQLite, where that program kept nothing,
//! each of these tests proves the refusal instead.

mod forms;
mod interrupted;
mod matters;
mod plan;
mod whole;

use clinic::PROGRAM;
use platform::db::Engine;
use tempfile::TempDir;
use testkit::TestApp;

use crate::support::{manage, text};

const SCHEMA: &str = include_str!("django_schema.sql");
const ROWS: &str = include_str!("django_rows.sql");

/// A former database, and a folder to run in.
struct Old {
    app: TestApp,
    folder: TempDir,
}

struct Said {
    out: String,
    err: String,
    code: Option<i32>,
}

/// The former database; `None` on SQLite, after the refusal was seen.
fn old() -> Option<Old> {
    let old = empty_old()?;
    old.execute_all(ROWS);
    Some(old)
}

/// The same without rows.
fn empty_old() -> Option<Old> {
    let old = Old { app: TestApp::unmigrated(PROGRAM), folder: TempDir::new().unwrap() };
    if old.app.engine() == Engine::Sqlite {
        for arguments in [&["adopt"][..], &["adopt", "--plan"], &["adopt", "--undo"]] {
            let told = old.refused(arguments);
            assert!(told.contains("kept its data in MySQL"), "{told}");
        }
        return None;
    }
    old.execute_all(SCHEMA);
    Some(old)
}

impl Old {
    fn execute_all(&self, statements: &str) {
        let mut conn = self.app.app().db().connect().unwrap();
        for statement in statements.split(";\n").filter(|statement| !statement.trim().is_empty()) {
            let outcome = conn.exists(statement, &[]);
            assert!(outcome.is_ok(), "{outcome:?}: {statement}");
        }
    }

    fn run(&self, arguments: &[&str]) -> Said {
        let url = self.app.database_url();
        let output =
            manage(self.folder.path(), arguments).env("DATABASE_URL", url).output().unwrap();
        Said { out: text(&output.stdout), err: text(&output.stderr), code: output.status.code() }
    }

    #[track_caller]
    fn fine(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "{}\n{}", said.out, said.err);
        said.out
    }

    #[track_caller]
    fn refused(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(1), "{}", said.out);
        format!("{}{}", said.out, said.err)
    }

    fn number(&self, sql: &str) -> i64 {
        self.app.app().db().connect().unwrap().one(sql, &[]).unwrap()
    }

    fn texts(&self, sql: &str) -> Vec<Option<String>> {
        self.app.app().db().connect().unwrap().rows(sql, &[], |row| row.at(0)).unwrap()
    }

    /// Every table with the sum of its rows, and every definition: what a run that changes nothing leaves as it was.
    fn fingerprint(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut conn = self.app.app().db().connect().unwrap();
        let tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() \
                      ORDER BY table_name";
        let names: Vec<String> = conn.rows(tables, &[], |row| row.at(0)).unwrap();
        for name in names {
            let made = format!("SHOW CREATE TABLE `{name}`");
            let made: String = conn.rows(&made, &[], |row| row.at(1)).unwrap().remove(0);
            let sum = format!("CHECKSUM TABLE `{name}`");
            let sum: i64 = conn.rows(&sum, &[], |row| row.at(1)).unwrap().remove(0);
            lines.push(format!("{sum} {made}"));
        }
        lines
    }
}
