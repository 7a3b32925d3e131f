use serde_json::json;

use super::builders::{PATH, patient, patient_with};
use crate::tests::builders::{app, client_with, document_type, place};

fn patient_called(app: &testkit::TestApp, number: usize, name: &str, paternal: &str) -> i64 {
    let phone = format!("9{number:02} 123 4{number:02}");
    let change = json!({"paternal_lastname": paternal, "name": name, "phone1": phone});
    patient_with(app, &format!("4567{number:04}"), change)
}

fn ids(rows: &[serde_json::Value]) -> Vec<i64> {
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[test]
fn strangers_and_wrong_parameters_are_refused() {
    let app = app();
    app.anonymous().get(PATH).is(401);
    app.anonymous().get(&format!("{PATH}search/?q=a")).is(401);
    let admin = app.superuser();
    client_with(&app, "other", &["therapists.view"]).get(PATH).is(403);
    for (query, field) in [
        ("?page=abc", "page"),
        ("?page=0", "page"),
        ("?page=-1", "page"),
        ("?page=99999999999999999999", "page"),
        ("?page_size=0", "page_size"),
        ("?page_size=x", "page_size"),
        ("?region=x", "region"),
        ("?page=1&document_type=x", "document_type"),
        ("search/?per_page=0", "per_page"),
        ("search/?page=abc", "page"),
        ("search/?district=x", "district"),
    ] {
        admin.get(&format!("{PATH}{query}")).is(400).complains_about(&[field]);
    }
}

#[test]
fn without_a_page_it_is_a_bare_list_in_short_form() {
    let app = app();
    let admin = app.superuser();
    assert_eq!(admin.get(PATH).is(200).text, "[]");
    let made: Vec<i64> =
        (0..3).map(|number| patient_called(&app, number, "Ana", "Rojas")).collect();
    let list = admin.get(PATH).is(200);
    assert_eq!(list.header("x-total-count"), "3");
    let rows = list.json.as_array().unwrap();
    assert_eq!(ids(rows), [made[2], made[1], made[0]]);
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
        patient_called(&app, number, "Ana", "Rojas");
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
    let jose = patient_called(&app, 1, "José María", "Pérez");
    let eva = patient_called(&app, 2, "Eva", "Ñahui");
    for (term, expected) in [
        ("perez jose", vec![jose]),
        ("JOS", vec![jose]),
        ("nahui", vec![eva]),
        ("45670002", vec![eva]),
        ("4567", vec![eva, jose]),
        ("901 123", vec![jose]),
        ("901123401", vec![jose]),
        ("901-123-401", vec![jose]),
        ("901 1234", vec![jose]),
        ("perez eva", vec![]),
        ("", vec![eva, jose]),
        ("!!!", vec![]),
        ("' OR 1=1 --", vec![]),
    ] {
        let encoded: String = term.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let found = admin.get(&format!("{PATH}search/?q={encoded}")).is(200);
        assert_eq!(ids(found.results()), expected, "{term}");
        assert_eq!(found["count"], expected.len(), "{term}");
    }
}

#[test]
fn a_phone_is_found_however_it_was_written_and_is_typed() {
    let app = app();
    let admin = app.superuser();
    let whole = patient_with(&app, "45678901", json!({"phone1": "987654321"}));
    let parted = patient_with(&app, "45678902", json!({"phone2": "987 654-321", "phone1": null}));
    for typed in ["987654321", "987%20654%20321", "987-654", "98765", "(987)654321"] {
        let found = admin.get(&format!("{PATH}search/?search={typed}")).is(200);
        assert_eq!(ids(found.results()), [parted, whole], "{typed}");
    }
    // A document and a phone are two words, not one long number.
    let found = admin.get(&format!("{PATH}search/?search=45678901%20987654321")).is(200);
    assert_eq!(ids(found.results()), [whole]);
    assert_eq!(admin.get(&format!("{PATH}search/?search=87654321")).is(200)["count"], 0);
}

#[test]
fn search_has_pages_of_thirty_and_search_wins_over_q() {
    let app = app();
    let admin = app.superuser();
    let made: Vec<i64> =
        (0..31).map(|number| patient(&app, &format!("456789{number:02}"))).collect();
    let first = admin.get(&format!("{PATH}search/?search=rojas&q=nobody")).is(200);
    assert_eq!(
        (&first["count"], &first["num_pages"], first.results().len()),
        (&json!(31), &json!(2), 30)
    );
    assert_eq!(
        first["next"],
        format!("http://testserver{PATH}search/?page=2&q=nobody&search=rojas")
    );
    let second = admin.get(&format!("{PATH}search/?search=rojas&page=2")).is(200);
    assert_eq!(ids(second.results()), [made[0]]);
    assert_eq!(admin.get(&format!("{PATH}search/?search=%20&q=nobody")).is(200)["count"], 0);
}

#[test]
fn filters_narrow_the_bare_list_the_pages_and_the_search() {
    let app = app();
    let admin = app.superuser();
    let (lima, cusco) = (place(&app, "Lima"), place(&app, "Cusco"));
    let dni = document_type(&app, "DNI");
    let of = |place: crate::tests::builders::Place| json!({"region_id": place.region, "province_id": place.province, "district_id": place.district});
    let in_lima = patient_with(&app, "45678901", of(lima));
    let mut typed = of(cusco);
    typed["document_type_id"] = json!(dni);
    let in_cusco = patient_with(&app, "45678902", typed);
    let nowhere = patient(&app, "45678903");
    let cases = [
        (String::new(), vec![nowhere, in_cusco, in_lima]),
        (format!("region={}", lima.region), vec![in_lima]),
        (format!("province={}", cusco.province), vec![in_cusco]),
        (format!("district={}&region={}", cusco.district, lima.region), vec![]),
        (format!("document_type={dni}"), vec![in_cusco]),
        ("search=45678903".to_owned(), vec![nowhere]),
        ("q=rojas%20456789".to_owned(), vec![nowhere, in_cusco, in_lima]),
        (format!("q=ana&region={}", cusco.region), vec![in_cusco]),
    ];
    for (query, expected) in cases {
        let bare = admin.get(&format!("{PATH}?{query}")).is(200);
        assert_eq!(ids(bare.json.as_array().unwrap()), expected, "{query}");
        assert_eq!(bare.header("x-total-count"), expected.len().to_string(), "{query}");
        for path in [format!("{PATH}?page=1&{query}"), format!("{PATH}search/?{query}")] {
            let page = admin.get(&path).is(200);
            assert_eq!(ids(page.results()), expected, "{path}");
            assert_eq!(page["count"], expected.len(), "{path}");
        }
    }
}
