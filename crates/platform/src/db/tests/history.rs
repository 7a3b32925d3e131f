//! What is written along with a change: history, time stamps, counts.

use serde_json::{Value as Json, json};

use super::*;

/// Action and changes of a row's history, oldest first.
fn history(scratch: &Scratch, id: i64) -> Vec<(String, Json)> {
    scratch
        .db
        .read_blocking(move |conn| {
            let sql = "SELECT action, changes, actor_id, origin FROM history \
                       WHERE table_name = 'people' AND row_id = ? ORDER BY id";
            Ok(conn.rows(sql, &params![id], |row| {
                assert_eq!((row.get("actor_id")?, row.get("origin")?), (7_i64, "test".to_owned()));
                let changes: Option<String> = row.get("changes")?;
                let changes =
                    changes.map_or(Json::Null, |text| serde_json::from_str(&text).unwrap());
                Ok((row.get("action")?, changes))
            })?)
        })
        .unwrap()
}

fn update(scratch: &Scratch, id: i64, micros: i64, changes: Changes) -> Result<bool> {
    let work = move |tx: &mut Tx<'_>| tx.update(&PEOPLE, id, changes.clone());
    scratch.db.write_blocking(context_at(at(micros)), false, work)
}

fn updated_at(scratch: &Scratch, id: i64) -> Moment {
    scratch.one("SELECT updated_at FROM people WHERE id = ?", &params![id])
}

#[test]
fn an_update_writes_only_what_differs_and_says_from_and_to() {
    let scratch = Scratch::new();
    let amount = |text: &str, places| Value::Decimal(text.parse().unwrap(), places);
    let id = scratch.insert(&PEOPLE, person("Ana").with("balance", amount("1.5", 1))).unwrap();
    let changes = Changes::new()
        .with("first_name", "Ana")
        .with("status", "known")
        .with("email", "a@b.c")
        .with("balance", amount("2.5", 1))
        .with("pin", "1234");
    assert!(update(&scratch, id, 5, changes.clone()).unwrap());
    assert_eq!(updated_at(&scratch, id), at(5));
    let expected = json!({
        "status": ["new", "known"],
        "email": [null, "a@b.c"],
        "balance": ["1.50", "2.50"],
    });
    let told = history(&scratch, id);
    assert_eq!(told, [("add".to_owned(), Json::Null), ("change".to_owned(), expected)]);

    // The same once more, the amount written with other places: nothing to do.
    let same = changes.with("balance", amount("2.500", 3));
    assert!(update(&scratch, id, 9, same).unwrap());
    assert!(update(&scratch, id, 9, Changes::new()).unwrap());
    assert_eq!(updated_at(&scratch, id), at(5));
    assert_eq!(history(&scratch, id).len(), 2);
    assert!(!update(&scratch, 99, 9, Changes::new().with("status", "new")).unwrap());
}

#[test]
fn an_update_touches_no_other_column() {
    let scratch = Scratch::new();
    let id = scratch.insert(&PEOPLE, person("Ana")).unwrap();
    let texts = scratch
        .write(move |tx| {
            tx.start_trace();
            let changes = Changes::new().with("first_name", "Ana").with("status", "known");
            tx.update(&PEOPLE, id, changes)?;
            Ok(tx.take_trace())
        })
        .unwrap();
    let update = texts.iter().find(|text| text.starts_with("UPDATE people")).unwrap();
    assert_eq!(update, "UPDATE people SET status = ?, updated_at = ? WHERE id = ?");
}

#[test]
fn secrets_are_in_no_history() {
    let scratch = Scratch::new();
    let id = scratch.insert(&PEOPLE, person("Ana").with("pin", "1234")).unwrap();
    assert!(update(&scratch, id, 1, Changes::new().with("pin", "98765")).unwrap());
    assert_eq!(history(&scratch, id)[1], ("change".to_owned(), json!({})));
    let texts: Vec<Option<String>> = scratch.column("SELECT changes FROM history");
    assert!(!format!("{texts:?}").contains("98765"));
}

#[test]
fn deleting_and_restoring_keep_history_stamps_and_counts() {
    let scratch = Scratch::new();
    let live = || scratch.one::<i64>("SELECT COALESCE(SUM(live), 0) FROM row_counts", &[]);
    let id = scratch.insert(&PEOPLE, person("Ana")).unwrap();
    scratch.insert(&PEOPLE, person("Eva")).unwrap();
    assert_eq!(live(), 2);
    let delete = move |tx: &mut Tx<'_>| {
        tx.soft_delete(&PEOPLE, id, Changes::new().with("first_name", "Éva"))
    };
    assert!(scratch.db.write_blocking(context_at(at(3)), false, delete).unwrap());
    assert!(!scratch.write(delete).unwrap(), "it is deleted already");
    assert_eq!((live(), updated_at(&scratch, id)), (1, at(3)));
    let fold: String = scratch.one("SELECT first_name_fold FROM people WHERE id = ?", &params![id]);
    assert_eq!(fold, "eva", "what goes along is folded, too");
    let restore = move |tx: &mut Tx<'_>| tx.restore(&PEOPLE, id, Changes::new());
    assert!(scratch.write(restore).unwrap());
    assert!(!scratch.write(restore).unwrap(), "it is live already");
    assert_eq!(live(), 2);
    let actions: Vec<String> =
        history(&scratch, id).into_iter().map(|(action, _)| action).collect();
    assert_eq!(actions, ["add", "delete", "restore"]);
}

#[test]
fn removing_for_good_counts_only_what_was_live() {
    let scratch = Scratch::new();
    let live = || scratch.one::<i64>("SELECT COALESCE(SUM(live), 0) FROM row_counts", &[]);
    let first = scratch.insert(&PEOPLE, person("Ana")).unwrap();
    let second = scratch.insert(&PEOPLE, person("Eva")).unwrap();
    scratch.write(move |tx| tx.soft_delete(&PEOPLE, first, Changes::new())).unwrap();
    for id in [first, second] {
        assert!(scratch.write(move |tx| tx.delete(&PEOPLE, id)).unwrap());
    }
    assert_eq!(live(), 0);
    let gone = history(&scratch, first);
    assert_eq!(gone.last().unwrap().0, "remove");
}

#[test]
fn a_refused_write_leaves_nothing_at_all() {
    let scratch = Scratch::new();
    let outcome: Result<()> = scratch.write(|tx| {
        tx.insert(&PEOPLE, person("Ana"))?;
        Err(Refusal::not_found("error.no_such_row").into())
    });
    assert!(outcome.unwrap_err().refusal().is_some());
    for table in ["people", "history", "row_counts", "people_words"] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let count: i64 = scratch.db.read_blocking(move |conn| Ok(conn.one(&sql, &[])?)).unwrap();
        assert_eq!(count, 0, "{table}");
    }
}
