//! One kind of change of columns and keys at a time, on tables with rows.

use super::before::{Before, Tables, count};
use super::*;

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
