//! Migrations: applied once, never half.

use super::*;
use crate::clock::Clock;
use crate::db::migrate::{Migration, ledger, runner};

const fn step(name: &'static str, sqlite: &'static str, mysql: &'static str) -> Migration {
    Migration { module: "test", name, depends: &[], sqlite, mysql, state: "{}" }
}

static FIRST: Migration = step(
    "0001_initial",
    "CREATE TABLE \"parents\" (\n  \"id\" INTEGER NOT NULL PRIMARY KEY\n) STRICT;\n\nCREATE TABLE \
     \"children\" (\n  \"parent_id\" INTEGER NOT NULL REFERENCES \"parents\" (\"id\")\n) STRICT;\n\nCREATE \
     INDEX \"ix_children\" ON \"children\" (\"parent_id\");\n",
    "CREATE TABLE `parents` (\n  `id` BIGINT NOT NULL PRIMARY KEY\n);\n\nCREATE TABLE `children` (\n  \
     `parent_id` BIGINT NOT NULL,\n  FOREIGN KEY (`parent_id`) REFERENCES `parents` (`id`)\n);\n\nCREATE INDEX \
     `ix_children` ON `children` (`parent_id`);\n",
);
static SECOND: Migration = step(
    "0002_note",
    "CREATE TABLE \"aunts\" (\n  \"id\" INTEGER\n);\n\nALTER TABLE \"lists\" ADD COLUMN \"note\" TEXT NULL;\n",
    "CREATE TABLE `aunts` (\n  `id` INTEGER\n);\n\nALTER TABLE `lists` ADD COLUMN `note` TEXT NULL;\n",
);

static ORPHANS: Migration = step("0002_orphans", "DELETE FROM parents;\n", "");

fn apply(conn: &mut Conn, migrations: &[&'static Migration]) -> Result<usize> {
    runner::apply(conn, migrations, &Clock::standing(at(0)), &mut |_, _| {})
}

fn has(conn: &mut Conn, table: &str) -> bool {
    ledger::table_exists(conn, table).unwrap()
}

/// Steps done of a migration, and whether it is finished.
fn record(conn: &mut Conn, name: &str) -> Option<(i64, bool)> {
    let records = ledger::load(conn).unwrap();
    let record = records.get(&("test".to_owned(), name.to_owned()))?;
    Some((record.step, record.applied_at.is_some()))
}

#[test]
fn a_migration_is_applied_once() {
    let scratch = Scratch::empty();
    let mut conn = scratch.db.connect().unwrap();
    assert_eq!(runner::pending(&mut conn, &[&FIRST]).unwrap().len(), 1);
    let mut heard = Vec::new();
    let clock = Clock::standing(at(0));
    let told = &mut |migration: &Migration, done| heard.push((migration.name, done));
    assert_eq!(runner::apply(&mut conn, &[&FIRST], &clock, told).unwrap(), 1);
    assert_eq!(runner::apply(&mut conn, &[&FIRST], &clock, told).unwrap(), 0);
    assert_eq!(heard, [("0001_initial", false), ("0001_initial", true)]);
    assert!(has(&mut conn, "parents") && has(&mut conn, "children"));
    assert!(record(&mut conn, "0001_initial").unwrap().1);
    assert!(runner::pending(&mut conn, &[&FIRST]).unwrap().is_empty());
}

#[test]
fn an_edited_migration_stops_everything() {
    static EDITED: Migration =
        step("0001_initial", "CREATE TABLE \"a\" (b);", "CREATE TABLE `a` (b INT);");
    let scratch = Scratch::empty();
    let mut conn = scratch.db.connect().unwrap();
    apply(&mut conn, &[&FIRST]).unwrap();
    let refused = apply(&mut conn, &[&EDITED, &SECOND]).unwrap_err().to_string();
    assert!(refused.contains("test.0001_initial") && refused.contains("edited"), "{refused}");
    assert!(!has(&mut conn, "aunts"));
}

#[test]
fn windows_line_ends_make_no_other_migration() {
    static WINDOWS: Migration =
        step("0001", "CREATE TABLE a (b);\r\n\r\nDROP TABLE a;\r\n", "SELECT 1;\r\n");
    static UNIX: Migration = step("0001", "CREATE TABLE a (b);\n\nDROP TABLE a;\n", "SELECT 1;\n");
    let sqlite = Engine::Sqlite;
    assert_eq!(ledger::checksum(&WINDOWS, sqlite), ledger::checksum(&UNIX, sqlite));
    assert!(WINDOWS.statements(sqlite).eq(["CREATE TABLE a (b)", "DROP TABLE a"]));
    assert!(UNIX.statements(sqlite).eq(["CREATE TABLE a (b)", "DROP TABLE a"]));
}

#[test]
fn a_table_of_somebody_else_is_left_alone() {
    let scratch = Scratch::empty();
    let mut conn = scratch.db.connect().unwrap();
    conn.batch("CREATE TABLE children (mine INTEGER)").unwrap();
    let refused = apply(&mut conn, &[&FIRST]).unwrap_err().to_string();
    assert!(refused.contains("table children") && refused.contains("--fake-initial"), "{refused}");
    assert!(!has(&mut conn, "parents"));
    assert_eq!(record(&mut conn, "0001_initial"), None);
    conn.exists("SELECT mine FROM children", &[]).unwrap();
}

#[test]
fn a_migration_that_stopped_is_finished_by_the_next_run() {
    let scratch = Scratch::empty();
    let mut conn = scratch.db.connect().unwrap();
    let stopped = apply(&mut conn, &[&FIRST, &SECOND]).unwrap_err().to_string();
    assert!(stopped.contains("test.0002_note stopped at statement 2"), "{stopped}");
    assert!(record(&mut conn, "0001_initial").unwrap().1, "what came before stands");
    match engine() {
        Engine::Sqlite => {
            assert!(!has(&mut conn, "aunts"));
            assert_eq!(record(&mut conn, "0002_note"), None);
            assert_eq!(conn.one::<i64>("PRAGMA foreign_keys", &[]).unwrap(), 1);
        }
        Engine::Mysql => {
            assert!(has(&mut conn, "aunts"));
            assert_eq!(record(&mut conn, "0002_note"), Some((1, false)));
        }
    }
    conn.batch("CREATE TABLE lists (id INTEGER)").unwrap();
    assert_eq!(apply(&mut conn, &[&FIRST, &SECOND]).unwrap(), 1);
    assert!(has(&mut conn, "aunts") && record(&mut conn, "0002_note").unwrap().1);
    conn.exists("SELECT note FROM lists", &[]).unwrap();
}

#[test]
fn a_table_made_but_not_recorded_is_recognised() {
    if engine() == Engine::Sqlite {
        return; // There a migration is made and recorded in one transaction.
    }
    let statements: Vec<&str> = FIRST.statements(Engine::Mysql).collect();
    for (done, recorded) in [(1, 0), (2, 1), (0, 0), (1, 1)] {
        let scratch = Scratch::empty();
        let mut conn = scratch.db.connect().unwrap();
        ledger::ensure(&mut conn).unwrap();
        ledger::begin(&mut conn, &FIRST).unwrap();
        ledger::advance(&mut conn, &FIRST, recorded).unwrap();
        for statement in statements.iter().take(done) {
            conn.batch(statement).unwrap();
        }
        assert_eq!(apply(&mut conn, &[&FIRST]).unwrap(), 1, "{done} done, {recorded} recorded");
        assert_eq!(record(&mut conn, "0001_initial"), Some((3, true)));
        let indexes = "SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() \
                       AND index_name = 'ix_children'";
        assert!(conn.exists(indexes, &[]).unwrap());
    }
}

#[test]
fn a_migration_that_leaves_rows_without_parent_is_undone() {
    if engine() == Engine::Mysql {
        return; // Keys are never switched off there.
    }
    let scratch = Scratch::empty();
    let mut conn = scratch.db.connect().unwrap();
    apply(&mut conn, &[&FIRST]).unwrap();
    conn.batch("INSERT INTO parents VALUES (1); INSERT INTO children VALUES (1)").unwrap();
    let refused = apply(&mut conn, &[&FIRST, &ORPHANS]).unwrap_err().to_string();
    assert!(refused.contains("refer to nothing"), "{refused}");
    assert_eq!(conn.one::<i64>("SELECT COUNT(*) FROM parents", &[]).unwrap(), 1);
    assert_eq!(record(&mut conn, "0002_orphans"), None);
    assert!(conn.batch("DELETE FROM parents").is_err(), "keys are watched again");
}

#[test]
fn of_several_processes_one_migrates_and_the_others_wait() {
    let scratch = Scratch::empty();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| apply(&mut scratch.db.connect().unwrap(), &[&FIRST]).unwrap());
        }
    });
    let mut conn = scratch.db.connect().unwrap();
    assert!(record(&mut conn, "0001_initial").unwrap().1);
}
