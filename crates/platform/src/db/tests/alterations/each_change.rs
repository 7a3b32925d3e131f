//! One kind of change at a time, on the tables of these tests with rows in them.

use super::*;

/// Tables before a change, each with rows.
struct Before {
    scratch: Scratch,
    tables: Vec<TableState>,
}

impl Before {
    fn new() -> Self {
        let scratch = Scratch::new();
        let insert = |tx: &mut Tx<'_>| {
            let team = tx.insert(&TEAMS, Changes::new().with("name", "Río Ñuble"))?;
            for (name, email) in [("José", "a@b.c"), ("Ana", "d@e.f"), ("Gone", "a@b.c")] {
                let row = person(name).with("last_name", "Soto").with("team_id", team);
                let row = row.with("visits", 3).with("email", email);
                let is_gone = name == "Gone";
                let id =
                    tx.insert(&PEOPLE, if is_gone { row.with("deleted_at", at(0)) } else { row })?;
                let visit = Changes::new().with("person_id", id).with("team_id", team);
                tx.insert(&VISITS, visit.with("at", at(id)))?;
            }
            let sample = Changes::new().with("line", "a line").with("whole", 7);
            tx.insert(&SAMPLES, sample.with("day", at(0).date_naive()))
        };
        scratch.write(insert).unwrap();
        Self { scratch, tables: states(TABLES) }
    }

    /// Changes the described tables, writes and applies the migrations, and looks at the schema.
    #[track_caller]
    fn change(
        &mut self,
        answers: Known,
        change: impl FnOnce(&mut Tables<'_>),
    ) -> (Conn, Vec<Draft>) {
        let mut new = self.tables.clone();
        change(&mut Tables(&mut new));
        let drafts = drafts(&self.tables, &new, answers.clone()).unwrap();
        let mut conn = self.scratch.db.connect().unwrap();
        let migrations: Vec<_> = drafts.iter().map(compiled).collect();
        apply(&mut conn, &migrations).unwrap();
        assert_as_described(&mut conn, &new);
        assert_eq!(drafts.last().unwrap().state.tables, new);
        assert_eq!(
            super::drafts(&new, &new, Known::default()).unwrap(),
            [],
            "nothing is left to do"
        );
        self.tables = new;
        (conn, drafts)
    }
}

struct Tables<'t>(&'t mut Vec<TableState>);

impl Tables<'_> {
    fn table(&mut self, name: &str) -> &mut TableState {
        self.0.iter_mut().find(|table| table.name == name).unwrap()
    }

    fn column(&mut self, table: &str, column: &str) -> &mut ColumnState {
        self.table(table).columns.iter_mut().find(|c| c.name == column).unwrap()
    }

    fn add(&mut self, table: &str, column: Column) {
        self.table(table).columns.push(ColumnState::from(&column));
    }

    fn remove(&mut self, table: &str, column: &str) {
        self.table(table).columns.retain(|c| c.name != column);
    }
}

fn count(conn: &mut Conn, sql: &str) -> i64 {
    conn.one(sql, &[]).unwrap()
}

#[test]
fn a_column_that_may_be_empty_is_added_in_place() {
    let mut before = Before::new();
    let (mut conn, drafts) = before.change(Known::default(), |tables| {
        tables.add("visits", Column::text("remark", 50, "", "").null());
        tables.add("visits", Column::decimal("fee", 8, 2, "", "").min(0).null());
        tables.add("visits", Column::reference("guide_id", "people", "", "").null());
        tables.add("visits", Column::text("place", 20, "", "").null().folded());
    });
    assert!(!drafts[0].sqlite.contains("__new"), "{}", drafts[0].sqlite);
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM visits WHERE remark IS NULL"), 3);
    assert_eq!(drafts[0].told[0], "+ Add column remark to visits");
    assert!(drafts[0].name.starts_with("0002_visits_remark_visits_fee"), "{}", drafts[0].name);
}

#[test]
fn rows_that_are_there_get_the_default_of_a_column_that_must_not_be_empty() {
    let mut before = Before::new();
    let answers = Known::default()
        .value("people.nick", "Ñ'é\\")
        .value("people.fee", "12.5")
        .value("people.seen_at", "now")
        .value("people.story", "long \"one\"")
        .value("people.is_new", "true");
    let (mut conn, _) = before.change(answers, |tables| {
        tables.add("people", Column::text("nick", 40, "", "").folded());
        tables.add("people", Column::decimal("fee", 8, 2, "", "").min(0));
        tables.add("people", Column::moment("seen_at", "", ""));
        tables.add("people", Column::long_text("story", "", ""));
        tables.add("people", Column::bool("is_new", "", ""));
        tables.table("people").searched.push("nick".into());
    });
    assert_eq!(texts(&mut conn, "SELECT DISTINCT nick FROM people"), [Some("Ñ'é\\".into())]);
    assert_eq!(texts(&mut conn, "SELECT DISTINCT nick_fold FROM people"), [Some("n'e\\".into())]);
    assert_eq!(
        texts(&mut conn, "SELECT DISTINCT story FROM people"),
        [Some("long \"one\"".into())]
    );
    let fee = if engine() == Engine::Sqlite { "1250" } else { "12.50" };
    assert_eq!(count(&mut conn, &format!("SELECT COUNT(*) FROM people WHERE fee = {fee}")), 3);
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM people_words WHERE word = 'n'"), 2);
    let refused = conn.batch(
        "INSERT INTO people (first_name, first_name_fold, status, balance, created_at, updated_at) \
         VALUES ('a', 'a', 'new', 0, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000')",
    );
    assert!(refused.is_err(), "the default was for the rows that were there");
}

#[test]
fn a_column_and_its_twin_go_with_their_keys() {
    let mut before = Before::new();
    let (mut conn, drafts) = before.change(Known::default(), |tables| {
        tables.remove("people", "first_name");
        tables.remove("people", "last_name");
        tables.remove("people", "team_id");
        let people = tables.table("people");
        people.indexes.clear();
        people.searched.clear();
    });
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM people WHERE visits = 3"), 3);
    assert!(drafts[0].told.contains(&"- Remove column team_id from people".to_owned()));
}

#[test]
fn a_renamed_column_keeps_its_values_keys_and_twin() {
    let mut before = Before::new();
    let answers = Known::default()
        .column("people", "first_name", "given_name")
        .column("people", "team_id", "group_id")
        .column("people", "status", "state")
        .column("people", "email", "mail");
    let (mut conn, drafts) = before.change(answers, |tables| {
        tables.column("people", "first_name").name = "given_name".into();
        tables.column("people", "team_id").name = "group_id".into();
        tables.column("people", "status").name = "state".into();
        tables.column("people", "email").name = "mail".into();
        let people = tables.table("people");
        people.searched[0] = "given_name".into();
        people.indexes[0].columns[1] = "given_name".into();
        people.uniques[0].columns[0] = "mail".into();
    });
    assert_eq!(
        texts(&mut conn, "SELECT given_name_fold FROM people ORDER BY id"),
        ["jose", "ana", "gone"].map(|text| Some(text.to_owned()))
    );
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM people WHERE group_id IS NOT NULL"), 3);
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM people_words WHERE word = 'jose'"), 1);
    assert!(!drafts[0].sqlite.contains("manage: words"), "the words are the same");
}

#[test]
fn other_lengths_kinds_choices_and_minimums_keep_the_values() {
    let mut before = Before::new();
    let (mut conn, _) = before.change(Known::default().value("people.visits", "1"), |tables| {
        use crate::db::Kind;
        tables.column("people", "last_name").kind = Kind::Text(90);
        tables.column("people", "balance").kind = Kind::Decimal { digits: 12, places: 3 };
        tables.column("people", "status").choices.push("old".into());
        let visits = tables.column("people", "visits");
        (visits.null, visits.min) = (false, Some(-1));
        tables.column("samples", "whole").kind = Kind::Decimal { digits: 9, places: 2 };
        tables.column("samples", "line").kind = Kind::LongText;
        tables.column("samples", "day").kind = Kind::DateTime;
        tables.column("visits", "at").null = true;
    });
    let whole = if engine() == Engine::Sqlite { "700" } else { "7" };
    assert_eq!(count(&mut conn, &format!("SELECT COUNT(*) FROM samples WHERE whole = {whole}")), 1);
    assert_eq!(
        count(
            &mut conn,
            "SELECT COUNT(*) FROM samples WHERE day LIKE '____-__-__ 00:00:00.000000'"
        ),
        1
    );
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM people WHERE visits = 3"), 3);
}

#[test]
fn a_column_becomes_folded_and_unique_after_its_twin_is_filled() {
    let mut before = Before::new();
    let (mut conn, _) = before.change(Known::default(), |tables| {
        tables.column("people", "email").folded = true;
        tables.column("people", "last_name").folded = true;
        let people = tables.table("people");
        people.uniques[0].columns = vec!["email_fold".into()];
        people.indexes[0].columns = vec!["last_name_fold".into(), "first_name_fold".into()];
    });
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM people WHERE last_name_fold = 'soto'"), 3);
}

#[test]
fn unique_sets_change_between_live_rows_and_all() {
    let mut before = Before::new();
    before.change(Known::default(), |tables| {
        tables.table("people").uniques.clear();
        tables.table("teams").uniques.remove(1);
    });
    let (mut conn, _) = before.change(Known::default(), |tables| {
        let set = |name: &str, columns: &[&str], live| crate::db::state::UniqueState {
            name: name.into(),
            columns: columns.iter().map(ToString::to_string).collect(),
            live,
        };
        tables.table("people").uniques = vec![
            set("uq_people_name", &["email", "status"], true),
            set("uq_a", &["id", "pin"], false),
        ];
    });
    conn.batch("UPDATE people SET status = 'known' WHERE email = 'a@b.c'").unwrap();
    assert!(conn.batch("UPDATE people SET email = 'a@b.c', status = 'known'").is_err());
}

#[test]
fn soft_deletion_comes_and_goes_with_its_sets_words_and_counts() {
    let mut before = Before::new();
    let (mut conn, _) = before.change(Known::default(), |tables| {
        tables.remove("people", "deleted_at");
        tables.table("people").uniques.clear();
    });
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM people_words WHERE word = 'gone'"), 1);
    assert_eq!(count(&mut conn, "SELECT SUM(live) FROM row_counts WHERE table_name = 'people'"), 3);
    let (mut conn, _) = before.change(Known::default(), |tables| {
        tables.add("people", Column::deleted_at());
        tables.add("samples", Column::deleted_at());
        tables.table("samples").counted = true;
        tables.table("samples").searched = vec!["line".into()];
    });
    assert_eq!(
        count(&mut conn, "SELECT SUM(live) FROM row_counts WHERE table_name = 'samples'"),
        1
    );
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM samples_words WHERE word = 'line'"), 1);
    let (mut conn, _) = before.change(Known::default(), |tables| {
        tables.table("samples").counted = false;
        tables.table("samples").searched.clear();
    });
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM row_counts WHERE table_name = 'samples'"), 0);
}

#[test]
fn foreign_keys_change_what_they_do_and_where_they_point() {
    let mut before = Before::new();
    let (mut conn, _) = before.change(Known::default(), |tables| {
        tables.column("people", "team_id").references = Some(("teams".into(), OnDelete::Cascade));
        tables.column("visits", "team_id").references = None;
        tables.column("samples", "other").references = Some(("people".into(), OnDelete::SetNull));
    });
    conn.batch("DELETE FROM visits").unwrap();
    conn.batch("DELETE FROM teams").unwrap();
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM people"), 0);
}

#[test]
fn a_renamed_table_keeps_rows_children_words_counts_and_history() {
    let mut before = Before::new();
    let answers = Known::default().table("people", "persons").table("teams", "groups_of_people");
    let (mut conn, drafts) = before.change(answers, |tables| {
        tables.table("people").name = "persons".into();
        tables.table("teams").name = "groups_of_people".into();
        for (table, column) in
            [("persons", "team_id"), ("visits", "team_id"), ("visits", "person_id")]
        {
            let (parent, _) = tables.column(table, column).references.as_mut().unwrap();
            *parent = if column == "person_id" { "persons" } else { "groups_of_people" }.into();
        }
    });
    assert_eq!(drafts.len(), 1);
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM persons"), 3);
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM persons_words WHERE word = 'jose'"), 1);
    assert_eq!(
        count(&mut conn, "SELECT SUM(live) FROM row_counts WHERE table_name = 'persons'"),
        2
    );
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM history WHERE table_name = 'persons'"), 3);
    assert!(conn.batch("DELETE FROM persons").is_err(), "visits still refer to them");
}

#[test]
fn tables_come_and_go_in_an_order_that_keys_allow() {
    let mut before = Before::new();
    let (mut conn, _) = before.change(Known::default(), |tables| {
        tables.0.retain(|table| table.name != "teams" && table.name != "visits");
        tables.remove("people", "team_id");
        let rooms = Table::new(
            "rooms",
            "Room",
            const { &[Column::id(), Column::text("name", 20, "", "").folded()] },
        );
        tables.0.insert(0, TableState::from(&rooms.searched(&["name"]).counted()));
        tables.add("people", Column::reference("room_id", "rooms", "", "").null());
    });
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM people"), 3);
    let (mut conn, _) = before.change(Known::default(), |tables| {
        tables.remove("people", "room_id");
        tables.0.retain(|table| table.name != "rooms");
    });
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM people"), 3);
}

#[test]
fn a_number_once_given_is_not_given_again_after_a_rebuild() {
    let mut before = Before::new();
    let mut conn = before.scratch.db.connect().unwrap();
    conn.batch("DELETE FROM visits").unwrap();
    before.change(Known::default(), |tables| tables.remove("visits", "team_id"));
    let row = Changes::new().with("person_id", 1).with("at", at(0));
    static NOW: Table = Table::new(
        "visits",
        "Visit",
        &[
            Column::id(),
            Column::reference("person_id", "people", "", ""),
            Column::moment("at", "", ""),
        ],
    )
    .unaudited();
    assert_eq!(before.scratch.insert(&NOW, row).unwrap(), 4);
}

#[test]
fn what_an_operator_added_by_hand_outlives_a_rebuild() {
    if engine() == Engine::Mysql {
        return; // Nothing is rebuilt there.
    }
    let mut before = Before::new();
    let mut conn = before.scratch.db.connect().unwrap();
    conn.batch(
        "CREATE INDEX by_hand ON visits (at DESC); CREATE VIEW recent AS SELECT id FROM visits;
         CREATE TRIGGER watch AFTER DELETE ON visits BEGIN UPDATE samples SET whole = 99; END",
    )
    .unwrap();
    let mut new = before.tables.clone();
    Tables(&mut new).remove("visits", "team_id");
    let drafts = drafts(&before.tables, &new, Known::default()).unwrap();
    apply(&mut conn, &[compiled(&drafts[0])]).unwrap();
    let kept =
        "SELECT name FROM sqlite_master WHERE name IN ('by_hand', 'recent', 'watch') ORDER BY name";
    assert_eq!(texts(&mut conn, kept).len(), 3);
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM samples WHERE whole = 99"), 0);
    conn.batch("DELETE FROM visits").unwrap();
    assert_eq!(count(&mut conn, "SELECT COUNT(*) FROM samples WHERE whole = 99"), 1);
    before.tables = new;
}

#[test]
fn a_trigger_that_no_longer_fits_stops_the_migration_whole() {
    if engine() == Engine::Mysql {
        return; // Nothing is rebuilt there.
    }
    let before = Before::new();
    let mut conn = before.scratch.db.connect().unwrap();
    conn.batch("CREATE INDEX by_hand ON visits (team_id)").unwrap();
    let mut new = before.tables.clone();
    Tables(&mut new).remove("visits", "team_id");
    let drafts = drafts(&before.tables, &new, Known::default()).unwrap();
    let refused = apply(&mut conn, &[compiled(&drafts[0])]).unwrap_err().to_string();
    assert!(refused.contains("the index by_hand"), "{refused}");
    assert_as_described_but_index(&mut conn, &before.tables);
}

#[track_caller]
fn assert_as_described_but_index(conn: &mut Conn, tables: &[TableState]) {
    conn.batch("DROP INDEX by_hand").unwrap();
    assert_as_described(conn, tables);
}

#[test]
fn order_choices_of_another_order_and_words_for_people_are_no_change() {
    let old = states(TABLES);
    let mut new = old.clone();
    let mut tables = Tables(&mut new);
    tables.table("people").columns.reverse();
    tables.table("people").model = "Human".into();
    tables.column("people", "status").choices.reverse();
    tables.column("people", "status").secret = true;
    assert_eq!(drafts(&old, &new, Known::default()).unwrap(), []);
}
