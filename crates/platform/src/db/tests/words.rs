//! The word index: found by the beginnings of words, and kept by every verb.

use super::*;
use crate::db::Filter;

fn found(scratch: &Scratch, term: &str) -> Vec<String> {
    let filter = Filter::new().search("people", "p.id", Some(term));
    let sql = format!("SELECT p.first_name FROM people p{} ORDER BY p.id", filter.sql());
    scratch
        .db
        .read_blocking(move |conn| Ok(conn.rows(&sql, filter.values(), |row| row.at(0))?))
        .unwrap()
}

fn named(first: &str, last: &str) -> Changes {
    person(first).with("last_name", last)
}

#[test]
fn people_are_found_by_beginnings_of_words_in_any_order_without_accents() {
    let scratch = Scratch::new();
    scratch.insert(&PEOPLE, named("José María", "Pérez Quispe")).unwrap();
    scratch.insert(&PEOPLE, named("Josefa", "Ñañez")).unwrap();
    scratch.insert(&PEOPLE, named("Li", "小明 🦷")).unwrap();
    for (term, expected) in [
        ("jos", vec!["José María", "Josefa"]),
        ("PÉR jos", vec!["José María"]),
        ("quispe  MARIA perez jose", vec!["José María"]),
        ("nan", vec!["Josefa"]),
        ("小", vec!["Li"]),
        ("osé", vec![]),
        ("jose josefa", vec!["Josefa"]),
        ("perez josefa", vec![]),
        ("%", vec![]),
        ("🦷", vec![]),
        ("_", vec![]),
        ("  ", vec!["José María", "Josefa", "Li"]),
    ] {
        assert_eq!(found(&scratch, term), expected, "{term:?}");
    }
}

#[test]
fn a_new_name_is_found_and_the_old_one_no_more() {
    let scratch = Scratch::new();
    let id = scratch.insert(&PEOPLE, named("Ana", "Soto")).unwrap();
    let update = |changes: Changes| {
        assert!(scratch.write(move |tx| tx.update(&PEOPLE, id, changes.clone())).unwrap());
    };
    update(Changes::new().with("first_name", "Eva"));
    assert_eq!(found(&scratch, "ana"), [""; 0]);
    assert_eq!(found(&scratch, "eva soto"), ["Eva"]);
    update(Changes::new().with("last_name", Value::Null));
    assert_eq!(found(&scratch, "soto"), [""; 0]);
}

#[test]
fn deleted_people_are_not_found_until_they_are_restored() {
    let scratch = Scratch::new();
    let id = scratch.insert(&PEOPLE, named("Ana", "Soto")).unwrap();
    scratch.write(move |tx| tx.soft_delete(&PEOPLE, id, Changes::new())).unwrap();
    assert_eq!(found(&scratch, "ana"), [""; 0]);
    // Renamed while deleted: still not to be found.
    let rename = move |tx: &mut Tx<'_>| tx.update(&PEOPLE, id, named("Eva", "Soto"));
    scratch.write(rename).unwrap();
    assert_eq!(found(&scratch, "eva"), [""; 0]);
    scratch.write(move |tx| tx.restore(&PEOPLE, id, Changes::new())).unwrap();
    assert_eq!(found(&scratch, "soto eva"), ["Eva"]);
    let gone = scratch.insert(&PEOPLE, named("Leo", "Soto").with("deleted_at", at(0))).unwrap();
    assert_eq!(found(&scratch, "leo"), [""; 0], "inserted as deleted");
    scratch.write(move |tx| tx.delete(&PEOPLE, gone)).unwrap();
    scratch.write(move |tx| tx.delete(&PEOPLE, id)).unwrap();
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM people_words", &[]), 0);
}

#[test]
fn a_word_of_any_length_is_found() {
    let scratch = Scratch::new();
    let long = "ñ".repeat(60);
    scratch.insert(&PEOPLE, named(&long, "Soto")).unwrap();
    assert_eq!(found(&scratch, &long), [long.as_str()]);
    assert_eq!(found(&scratch, &"N".repeat(41)), [long.as_str()]);
}
