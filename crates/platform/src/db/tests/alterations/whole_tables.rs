//! Tables that come, go, get another name or are rebuilt, and their foreign keys.

use super::before::{Before, Tables, count};
use super::*;

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
    let mut before = Before::new();
    let mut conn = before.scratch.db.connect().unwrap();
    conn.batch("DELETE FROM visits").unwrap();
    before.change(Known::default(), |tables| tables.remove("visits", "team_id"));
    let row = Changes::new().with("person_id", 1).with("at", at(0));
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
