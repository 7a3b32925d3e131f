//! Migrations: applied once, never half.

use super::*;
use crate::clock::Clock;
use crate::db::migrate::detect::answers::Answers;
use crate::db::migrate::{Migration, adopt, detect, ledger, plan, runner};
use crate::db::state::ColumnState;

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

/// Says nothing: only tables that are new are in question here.
struct Silent;

impl Answers for Silent {
    fn value_for(&mut self, _: &str, _: &ColumnState, _: bool) -> Result<String> {
        Err(Error::Failed("nothing to answer".into()))
    }
}

/// The creation of the tables of these tests, as it would be compiled in.
fn creation() -> &'static Migration {
    let module = detect::Compared {
        module: "test".into(),
        recorded: Vec::new(),
        described: TABLES.iter().map(|table| (*table).into()).collect(),
        migrations: Vec::new(),
    };
    let drafts = detect::drafts_of(&[module], &mut Silent, None).unwrap();
    let kept = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
    Box::leak(Box::new(Migration {
        module: "test",
        name: kept(&drafts[0].name),
        depends: &[],
        sqlite: kept(&drafts[0].sqlite),
        mysql: kept(&drafts[0].mysql),
        state: kept(&serde_json::to_string(&drafts[0].state).unwrap()),
    }))
}

fn adopt(conn: &mut Conn, steps: &[&'static Migration]) -> Result<adopt::Adopted> {
    adopt::initial(conn, steps, &Clock::standing(at(0)))
}

#[test]
fn tables_that_are_there_as_recorded_are_taken_over() {
    let scratch = Scratch::new();
    scratch.insert(&TEAMS, Changes::new().with("name", "A")).unwrap();
    let mut conn = scratch.db.connect().unwrap();
    conn.batch("CREATE INDEX ix_by_hand ON visits (at)").unwrap();
    conn.batch("ALTER TABLE visits ADD COLUMN surplus INTEGER NULL").unwrap();
    let adopted = adopt(&mut conn, &[creation()]).unwrap();
    assert_eq!(adopted.recorded.len(), 1);
    assert_eq!(adopted.remarks.len(), 2, "{:?}", adopted.remarks);
    assert!(record(&mut conn, "0001_initial").unwrap().1);
    assert_eq!(apply(&mut conn, &[creation()]).unwrap(), 0);
    assert_eq!(adopt(&mut conn, &[creation()]).unwrap().recorded.len(), 0, "only once");
    assert_eq!(conn.one::<i64>("SELECT COUNT(*) FROM teams", &[]).unwrap(), 1);
}

#[test]
fn tables_that_differ_are_refused_with_every_difference() {
    let scratch = Scratch::new();
    let mut conn = scratch.db.connect().unwrap();
    for statement in ["ALTER TABLE samples DROP COLUMN flag", "ALTER TABLE samples DROP COLUMN day"]
    {
        conn.batch(statement).unwrap();
    }
    let key = match engine() {
        Engine::Sqlite => "DROP INDEX uq_teams_code",
        Engine::Mysql => "ALTER TABLE teams DROP KEY uq_teams_code",
    };
    conn.batch(key).unwrap();
    let refused = adopt(&mut conn, &[creation()]).unwrap_err().to_string();
    for difference in ["samples.flag", "samples.day", "uq_teams_code", "nothing was recorded"] {
        assert!(refused.contains(difference), "{difference}: {refused}");
    }
    assert_eq!(record(&mut conn, "0001_initial"), None);
}

#[test]
fn where_a_table_is_missing_nothing_is_taken_over() {
    let scratch = Scratch::new();
    let mut conn = scratch.db.connect().unwrap();
    conn.batch("DROP TABLE samples").unwrap();
    assert_eq!(adopt(&mut conn, &[creation()]).unwrap().recorded.len(), 0);
    let refused = apply(&mut conn, &[creation()]).unwrap_err().to_string();
    assert!(refused.contains("exists already"), "{refused}");
}

#[test]
fn a_migration_that_does_more_than_create_is_run_and_not_taken_over() {
    let scratch = Scratch::empty();
    let mut conn = scratch.db.connect().unwrap();
    conn.batch("CREATE TABLE aunts (id INTEGER)").unwrap();
    assert_eq!(adopt(&mut conn, &[&SECOND]).unwrap().recorded.len(), 0);
}

#[test]
fn a_faked_migration_is_recorded_and_not_run() {
    let scratch = Scratch::empty();
    let mut conn = scratch.db.connect().unwrap();
    let clock = Clock::standing(at(0));
    assert_eq!(runner::fake(&mut conn, &[&FIRST], &clock).unwrap().len(), 1);
    assert_eq!(runner::fake(&mut conn, &[&FIRST], &clock).unwrap().len(), 0);
    assert!(!has(&mut conn, "parents"));
    assert_eq!(record(&mut conn, "0001_initial"), Some((3, true)));
    assert_eq!(apply(&mut conn, &[&FIRST]).unwrap(), 0);
}

#[test]
fn what_is_pending_of_some_is_found_after_all_were_looked_at() {
    static EDITED: Migration =
        step("0001_initial", "CREATE TABLE \"a\" (b);", "CREATE TABLE `a` (b INT);");
    let scratch = Scratch::empty();
    let mut conn = scratch.db.connect().unwrap();
    let steps = plan::target(&[&FIRST, &SECOND], "test", Some("0001")).unwrap();
    assert_eq!(runner::pending_of(&mut conn, &[&FIRST, &SECOND], &steps).unwrap().len(), 1);
    apply(&mut conn, &[&FIRST]).unwrap();
    assert_eq!(runner::pending_of(&mut conn, &[&FIRST, &SECOND], &steps).unwrap().len(), 0);
    assert!(runner::pending_of(&mut conn, &[&EDITED, &SECOND], &[&SECOND]).is_err());
}

#[test]
fn comment_lines_are_no_statements() {
    static NOTED: Migration = step(
        "0001",
        "-- what follows\n-- is easy\nSELECT 1;\n\n-- manage: fold a b;\n-- the end;\n-- indeed\n",
        "-- nothing\n",
    );
    assert!(NOTED.statements(Engine::Sqlite).eq(["SELECT 1", "-- manage: fold a b"]));
    assert_eq!(NOTED.statements(Engine::Mysql).count(), 0);
}
