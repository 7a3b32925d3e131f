//! A migration that was killed is finished by the next run: on MySQL it goes on at the right statement, on SQLite it
//! begins anew.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};

use super::*;
use crate::db::migrate::statement::actions;
use crate::db::migrate::{ledger, recognise};
use crate::error::Result;

/// Everything a migration can contain, in a chain of changes of the tables of these tests.
fn change(tables: &mut Vec<TableState>) {
    tables[2].name = "calls".into();
    tables.remove(3);
    tables[0].uniques[0].columns = vec!["name_fold".into(), "code".into()];
    let people = &mut tables[1];
    people.columns.retain(|column| column.name != "email" && column.name != "deleted_at");
    people.uniques.clear();
    people.searched = vec!["last_name".into()];
    people.indexes.clear();
    people.columns[0].secret = true;
    for column in &mut people.columns {
        match column.name.as_str() {
            "first_name" => column.name = "given_name".into(),
            "last_name" => (column.folded, column.null) = (true, false),
            "status" => column.choices.push("old".into()),
            "visits" => column.min = None,
            "team_id" => column.references = Some(("teams".into(), OnDelete::Cascade)),
            _ => {}
        }
    }
    people.columns.push(ColumnState::from(&Column::int("rank", "", "")));
    people.columns.push(ColumnState::from(&Column::reference("room_id", "rooms", "", "").null()));
    let rooms = Table::new("rooms", "Room", const { &[Column::id()] });
    tables.push(TableState::from(&rooms));
}

fn answers() -> Known {
    Known::default()
        .table("visits", "calls")
        .column("people", "first_name", "given_name")
        .value("people.last_name", "(none)")
        .value("people.rank", "3")
}

fn filled() -> Scratch {
    let scratch = Scratch::new();
    let insert = |tx: &mut Tx<'_>| {
        let id = tx.insert(&PEOPLE, person("José"))?;
        tx.insert(&VISITS, Changes::new().with("person_id", id).with("at", at(0)))?;
        tx.insert(&SAMPLES, Changes::new().with("whole", 1))
    };
    scratch.write(insert).unwrap();
    scratch
}

fn migration() -> (&'static Migration, Vec<TableState>) {
    let old = states(TABLES);
    let mut new = old.clone();
    change(&mut new);
    let drafts = drafts(&old, &new, answers()).unwrap();
    assert_eq!(drafts.len(), 1);
    (compiled(&drafts[0]), new)
}

#[track_caller]
fn assert_finished(conn: &mut Conn, new: &[TableState], when: &str) {
    assert_as_described(conn, new);
    let told = conn
        .rows("SELECT given_name, last_name, last_name_fold, rank FROM people", &[], |row| {
            Ok((
                row.at::<String>(0)?,
                row.at::<String>(1)?,
                row.at::<String>(2)?,
                row.at::<i64>(3)?,
            ))
        })
        .unwrap();
    assert_eq!(told, [("José".into(), "(none)".into(), "(none)".into(), 3)], "{when}");
    assert_eq!(texts(conn, "SELECT word FROM people_words"), [Some("none".to_owned())], "{when}");
    assert_eq!(conn.one::<i64>("SELECT COUNT(*) FROM calls", &[]).unwrap(), 1, "{when}");
    let live = "SELECT SUM(live) FROM row_counts WHERE table_name = 'people'";
    assert_eq!(conn.one::<i64>(live, &[]).unwrap(), 1, "{when}");
}

#[test]
fn the_example_has_every_kind_of_step() {
    let (migration, _) = migration();
    let kinds: BTreeSet<String> = migration
        .statements(Engine::Mysql)
        .flat_map(actions)
        .map(|action| format!("{action:?}").split(['(', ' ']).next().unwrap().to_owned())
        .collect();
    let all = [
        "AddColumn",
        "AddConstraint",
        "AddIndex",
        "ChangeColumn",
        "CreateTable",
        "DropColumn",
        "DropConstraint",
        "DropIndex",
        "DropTable",
        "Fold",
        "RenameColumn",
        "RenameTable",
        "Words",
        "WriteRows",
    ];
    assert!(kinds.iter().eq(all), "{kinds:?}");
}

#[test]
fn the_next_run_goes_on_after_what_was_done() {
    if engine() == Engine::Sqlite {
        return; // There a migration is made and recorded in one transaction.
    }
    let (migration, new) = migration();
    let statements: Vec<&str> = migration.statements(Engine::Mysql).collect();
    for done in (0..=statements.len()).step_by(6) {
        let scratch = filled();
        let mut conn = scratch.db.connect().unwrap();
        ledger::ensure(&mut conn).unwrap();
        ledger::begin(&mut conn, migration).unwrap();
        for (number, statement) in statements.iter().take(done).enumerate() {
            runner::step(&mut conn, migration, number, statement, false).unwrap();
        }
        let record =
            &ledger::load(&mut conn).unwrap()[&("test".to_owned(), migration.name.to_owned())];
        assert_eq!((record.step, record.applied_at), (i64::try_from(done).unwrap(), None));
        assert_eq!(apply(&mut conn, &[migration]).unwrap(), 1);
        assert_finished(&mut conn, &new, &format!("{done} done"));
    }
}

#[test]
fn a_statement_done_but_not_recorded_is_recognised_and_no_other() {
    if engine() == Engine::Sqlite {
        return; // There a migration is made and recorded in one transaction.
    }
    let (migration, new) = migration();
    let scratch = filled();
    let mut conn = scratch.db.connect().unwrap();
    ledger::ensure(&mut conn).unwrap();
    ledger::begin(&mut conn, migration).unwrap();
    let statements: Vec<&str> = migration.statements(Engine::Mysql).collect();
    // Each statement is done, then the process dies before it can say so, then the next run begins.
    for (number, statement) in statements.iter().enumerate() {
        let was_done = recognise::is_done(&mut conn, statement).unwrap();
        assert!(!was_done, "not done, and told as done: {statement}");
        if !runner::writes_rows(statement) {
            runner::run(&mut conn, statement).unwrap();
        }
        runner::step(&mut conn, migration, number, statement, true).unwrap();
    }
    ledger::finish(&mut conn, migration, at(0)).unwrap();
    assert_finished(&mut conn, &new, "each repeated");
}

/// The part of a child that is to be killed: says after each statement that it is done.
pub(in crate::db::tests) fn migrate_and_tell(db: &Db) {
    let mut conn = db.connect().unwrap();
    runner::locked(&mut conn, |conn| -> Result<()> {
        run_and_tell(conn);
        // To be killed before the whole is recorded.
        loop {
            std::thread::park();
        }
    })
    .unwrap();
}

fn run_and_tell(conn: &mut Conn) {
    let (migration, _) = migration();
    ledger::ensure(conn).unwrap();
    if engine() == Engine::Sqlite {
        conn.batch("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE").unwrap();
    }
    ledger::begin(conn, migration).unwrap();
    for (number, statement) in migration.statements(engine()).enumerate() {
        match engine() {
            Engine::Sqlite => runner::run(conn, statement).unwrap(),
            Engine::Mysql => runner::step(conn, migration, number, statement, false).unwrap(),
        }
        println!("done.");
    }
}

#[test]
fn a_process_killed_in_the_midst_of_a_migration_leaves_one_that_can_be_finished() {
    let (migration, new) = migration();
    let count = migration.statements(engine()).count();
    for wanted in [1, count / 2, count - 1, count] {
        let scratch = filled();
        let mut child = crash::start(&scratch, "migrate");
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told = lines.map_while(std::result::Result::ok).filter(|line| line.ends_with("done."));
        assert_eq!(told.take(wanted).count(), wanted, "the child ended by itself");
        child.kill().unwrap();
        child.wait().unwrap();
        crash::assert_sound(&scratch);
        let mut conn = scratch.db.connect().unwrap();
        assert_eq!(apply(&mut conn, &[migration]).unwrap(), 1);
        assert_finished(&mut conn, &new, &format!("killed after {wanted} of {count}"));
    }
}
