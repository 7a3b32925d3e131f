use serde_json::json;

use crate::tests::builders::app;

const PATH: &str = "/api/patients/patients/";

fn patient(app: &testkit::TestApp, number: usize, name: &str, paternal: &str) -> i64 {
    let body = json!({
        "document_number": format!("4567{number:04}"), "paternal_lastname": paternal, "name": name,
        "phone1": format!("9{number:02} 123 4{number:02}"), "confirm_duplicate": true,
    });
    app.superuser().post(PATH, body).is(201).id()
}

#[test]
fn strangers_and_wrong_parameters_are_refused() {
    let app = app();
    app.anonymous().get(PATH).is(401);
    app.anonymous().get(&format!("{PATH}search/?q=a")).is(401);
    let admin = app.superuser();
    admin.get(&format!("{PATH}?page=abc")).is(400).complains_about(&["page"]);
    admin.get(&format!("{PATH}search/?per_page=0")).is(400).complains_about(&["per_page"]);
}

#[test]
fn without_a_page_it_is_a_bare_list_in_short_form() {
    let app = app();
    let admin = app.superuser();
    assert_eq!(admin.get(PATH).is(200).text, "[]");
    let ids: Vec<i64> = (0..3).map(|number| patient(&app, number, "Ana", "Rojas")).collect();
    let list = admin.get(PATH).is(200);
    assert_eq!(list.header("x-total-count"), "3");
    let rows = list.json.as_array().unwrap();
    let listed: Vec<i64> = rows.iter().map(|row| row["id"].as_i64().unwrap()).collect();
    assert_eq!(listed, [ids[2], ids[1], ids[0]]);
    assert_eq!(rows[0]["full_name"], "Ana Rojas");
    assert_eq!((&rows[0]["name"], &rows[0]["paternal_lastname"]), (&json!("Ana"), &json!("Rojas")));
    assert!(rows[0].get("health_condition").is_none());
}

#[test]
fn a_bare_list_stops_at_its_cap_and_says_so() {
    let app = app();
    app.write(|tx| {
        let rows = (1..=1_005_i64).map(|id| {
            platform::db::Changes::new()
                .with("id", id)
                .with("document_number", format!("{id:08}"))
                .with("name", "Ana")
                .with("document_type_key", 0_i64)
        });
        tx.insert_many(&crate::patients::model::PATIENTS, rows.collect())
    });
    let list = app.superuser().get(PATH).is(200);
    assert_eq!(list.json.as_array().unwrap().len(), 1_000);
    assert_eq!(list.header("x-total-count"), "1005");
    assert!(list.header("link").contains("page=2") && list.header("link").contains("rel=\"next\""));
}

#[test]
fn pages_are_whole_patients_the_newest_first_and_beyond_the_end_is_the_last() {
    let app = app();
    let admin = app.superuser();
    for number in 0..5 {
        patient(&app, number, "Ana", "Rojas");
    }
    let page = admin.get(&format!("{PATH}?page=99&per_page=2")).is(200);
    assert_eq!(
        (&page["count"], &page["num_pages"], &page["current_page"]),
        (&json!(5), &json!(3), &json!(3))
    );
    assert_eq!(page.results().len(), 1);
    assert_eq!(page.results()[0]["document_number"], "45670000");
    assert!(page.results()[0]["region"].is_null());
}

#[test]
fn search_takes_words_as_people_type_them() {
    let app = app();
    let admin = app.superuser();
    let jose = patient(&app, 1, "José María", "Pérez");
    let eva = patient(&app, 2, "Eva", "Ñahui");
    for (term, expected) in [
        ("perez jose", vec![jose]),
        ("JOS", vec![jose]),
        ("nahui", vec![eva]),
        ("45670002", vec![eva]),
        ("4567", vec![eva, jose]),
        ("901 123", vec![jose]),
        ("901123401", vec![jose]),
        ("perez eva", vec![]),
        ("", vec![eva, jose]),
        ("!!!", vec![]),
        ("' OR 1=1 --", vec![]),
    ] {
        let encoded: String = term.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let found = admin.get(&format!("{PATH}search/?q={encoded}")).is(200);
        let ids: Vec<i64> = found.results().iter().map(|row| row["id"].as_i64().unwrap()).collect();
        assert_eq!(ids, expected, "{term}");
        assert_eq!(found["count"], expected.len(), "{term}");
    }
}
