//! Many rows at once leave the same as one by one.

use super::*;

fn rows() -> Vec<Changes> {
    (1..=1_203_i64)
        .map(|id| {
            let row = person(&format!("Ána {id}"))
                .with("id", id)
                .with("last_name", Value::from((id % 3 > 0).then_some("Pérez Soto")))
                .with("email", format!("{id}@b.c"));
            if id % 10 == 0 {
                row.with("deleted_at", at(1))
            } else {
                row.with("deleted_at", Value::Null)
            }
        })
        .collect()
}

/// Everything of a table but the history, as text.
fn content(scratch: &Scratch, sql: &'static str) -> Vec<String> {
    scratch
        .db
        .read_blocking(move |conn| {
            Ok(conn.rows(sql, &[], |row| {
                let value = |index| -> crate::db::DbResult<String> {
                    Ok(match row.at::<Option<String>>(index) {
                        Ok(text) => format!("{text:?}"),
                        Err(_) => format!("{:?}", row.at::<Option<i64>>(index)?),
                    })
                };
                Ok(format!("{} {} {}", value(0)?, value(1)?, value(2)?))
            })?)
        })
        .unwrap()
}

const QUERIES: &[&str] = &[
    "SELECT id, first_name, first_name_fold FROM people ORDER BY id",
    "SELECT id, email, last_name FROM people ORDER BY id",
    "SELECT COUNT(*), COUNT(deleted_at), COUNT(last_name) FROM people",
    "SELECT word, row_id, 1 FROM people_words ORDER BY word, row_id",
    "SELECT SUM(live), 1, 1 FROM row_counts WHERE table_name = 'people'",
];

#[test]
fn many_inserts_at_once_equal_as_many_single_ones() {
    let (at_once, singly) = (Scratch::new(), Scratch::new());
    at_once.write(|tx| tx.insert_many(&PEOPLE, rows())).unwrap();
    singly
        .write(|tx| {
            for row in rows() {
                tx.insert(&PEOPLE, row)?;
            }
            Ok(())
        })
        .unwrap();
    for sql in QUERIES {
        assert_eq!(content(&at_once, sql), content(&singly, sql), "{sql}");
    }
    assert_eq!(at_once.one::<i64>("SELECT SUM(live) FROM row_counts", &[]), 1_083);
}

#[test]
fn rows_with_their_columns_in_another_order_are_not_mixed_up() {
    let scratch = Scratch::new();
    let straight = Changes::new().with("id", 1_i64).with("name", "A").with("code", "x");
    let crossed = Changes::new().with("id", 2_i64).with("code", "y").with("name", "B");
    let rows = vec![straight, crossed];
    scratch.write(move |tx| tx.insert_many(&TEAMS, rows.clone())).unwrap();
    let sql = "SELECT name, code, name_fold FROM teams ORDER BY id";
    let expected = [r#"Some("A") Some("x") Some("a")"#, r#"Some("B") Some("y") Some("b")"#];
    assert_eq!(content(&scratch, sql), expected);
}

#[test]
fn rows_of_different_columns_are_refused_as_a_mistake() {
    let scratch = Scratch::new();
    let rows =
        vec![Changes::new().with("name", "A").with("code", "x"), Changes::new().with("name", "B")];
    let outcome = scratch.write(move |tx| tx.insert_many(&TEAMS, rows.clone()));
    assert!(matches!(outcome, Err(Error::Failed(_))), "{outcome:?}");
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM teams", &[]), 0);
}

#[test]
fn no_rows_are_no_work() {
    let scratch = Scratch::new();
    scratch.write(|tx| tx.insert_many(&TEAMS, Vec::new())).unwrap();
}
