use platform::db::page::Beyond;
use platform::db::{Changes, PageRequest};
use serde_json::{Value as Json, json};

use super::{HISTORIES, history, patient};
use crate::configurations::model;
use crate::configurations::queries::histories::{self as queries, Listed};
use crate::patients::model::PATIENTS;
use crate::tests::builders::{app, client_with};

fn ids(rows: &Json) -> Vec<i64> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[test]
fn strangers_the_desk_and_wrong_parameters_are_refused() {
    let app = app();
    app.anonymous().get(HISTORIES).is(401);
    client_with(&app, "desk", &["configurations.view", "patients.view"]).get(HISTORIES).is(403);
    let admin = app.superuser();
    for (query, field) in [
        ("patient=x", "patient"),
        ("patient_id=1.5", "patient_id"),
        ("page=0", "page"),
        ("page_size=x", "page_size"),
    ] {
        admin.get(&format!("{HISTORIES}?{query}")).is(400).complains_about(&[field]);
    }
    assert_eq!(admin.post(HISTORIES, json!({})).is(405).header("allow"), "GET");
}

#[test]
fn live_histories_come_under_their_key_the_newest_first() {
    let app = app();
    let admin = app.superuser();
    assert_eq!(admin.get(HISTORIES).is(200).json, json!({"histories": []}));
    let (ana, eva) = (patient(&app, "45678901", "Ana"), patient(&app, "45678902", "Eva"));
    let old = history(&app, ana);
    app.advance(chrono::Duration::minutes(1));
    let new = history(&app, eva);
    let list = |query: &str| admin.get(&format!("{HISTORIES}{query}")).is(200);
    let whole = list("");
    assert_eq!(ids(&whole["histories"]), [new, old]);
    assert_eq!(whole.header("x-total-count"), "2");
    assert_eq!(
        whole["histories"][0],
        json!({"id": new, "patient": eva, "patient_name": "Eva Rojas"})
    );
    assert_eq!(ids(&list(&format!("?patient={ana}"))["histories"]), [old]);
    assert_eq!(ids(&list("?search=EV%20roj")["histories"]), [new]);
    assert_eq!(ids(&list("?search=!!!")["histories"]), [] as [i64; 0]);
    let page = list("?page=9&page_size=1");
    assert_eq!((ids(&page["results"]), &page["current_page"]), (vec![old], &json!(2)));
    admin.post(&format!("{HISTORIES}{new}/delete/"), json!({})).is(200);
    assert_eq!(ids(&list("")["histories"]), [old]);
}

#[test]
fn the_keyed_list_stops_at_its_cap_and_says_so() {
    let app = app();
    app.write(|tx| {
        let patients = (1..=1_003_i64).map(|id| {
            Changes::new()
                .with("id", id)
                .with("document_number", format!("{id:08}"))
                .with("name", "Ana")
                .with("document_type_key", 0_i64)
        });
        tx.insert_many(&PATIENTS, patients.collect())?;
        let histories = (1..=1_003_i64).map(|id| {
            Changes::new()
                .with("id", id)
                .with("patient_id", id)
                .with("testimony", true)
                .with("menstruation", true)
                .with("gestation", true)
        });
        tx.insert_many(&model::HISTORIES, histories.collect())
    });
    let list = app.superuser().get(HISTORIES).is(200);
    assert_eq!(list["histories"].as_array().unwrap().len(), 1_000);
    assert_eq!(list.header("x-total-count"), "1003");
    assert!(list.header("link").contains("page=2"));
    let statements = app.read(|conn| {
        conn.start_trace();
        let wanted = PageRequest { number: 1, size: 1_000, beyond: Beyond::Last };
        queries::list(conn, &Listed::default(), wanted, |_| Ok(()))?;
        Ok(conn.take_trace().len())
    });
    assert_eq!(statements, 2);
}
