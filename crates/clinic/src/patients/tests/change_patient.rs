use serde_json::json;

use crate::tests::builders::{app, document_type};

const PATH: &str = "/api/patients/patients/";

fn patient(app: &testkit::TestApp, document: &str, name: &str) -> i64 {
    let body = json!({"document_number": document, "paternal_lastname": "Rojas", "name": name, "phone1": "987654321"});
    app.superuser().post(PATH, body).is(201).id()
}

#[test]
fn unknown_ids_are_not_found_whatever_the_verb() {
    let app = app();
    let admin = app.superuser();
    let whole = json!({"document_number": "45678901", "paternal_lastname": "R", "name": "N"});
    for id in ["999999", "abc", "0"] {
        let path = format!("{PATH}{id}/");
        admin.get(&path).is(404);
        admin.put(&path, whole.clone()).is(404);
        admin.patch(&path, json!({})).is(404);
        admin.delete(&path).is(404);
        admin.post(&format!("{path}restore/"), json!({})).is(404);
    }
}

#[test]
fn a_patch_changes_what_it_names_and_a_put_needs_the_rest() {
    let app = app();
    let admin = app.superuser();
    let path = format!("{PATH}{}/", patient(&app, "45678901", "Ana"));
    app.advance(chrono::Duration::minutes(5));
    let changed = admin.patch(&path, json!({"maternal_lastname": "Salas", "phone2": ""})).is(200);
    assert_eq!(changed["full_name"], "Ana Rojas Salas");
    assert_eq!(changed["phone1"], "987654321");
    assert_eq!(changed["updated_at"], "2026-03-02T15:05:00Z");
    admin
        .put(&path, json!({"name": "Eva"}))
        .is(400)
        .complains_about(&["document_number", "paternal_lastname"]);
    let put = json!({"document_number": "45678901", "paternal_lastname": "Rojas", "name": "Eva"});
    assert_eq!(
        admin.put(&path, put).is(200)["maternal_lastname"],
        "Salas",
        "what a PUT leaves out stays"
    );
}

#[test]
fn a_change_into_a_taken_document_is_refused_also_by_changing_its_kind() {
    let app = app();
    let admin = app.superuser();
    let dni = document_type(&app, "DNI");
    let first = patient(&app, "45678901", "Ana");
    let second = patient(&app, "45678902", "Eva");
    admin
        .patch(&format!("{PATH}{second}/"), json!({"document_number": "45678901"}))
        .is(400)
        .complains_about(&["document_number"]);
    admin.patch(&format!("{PATH}{first}/"), json!({"document_type_id": dni})).is(200);
    admin.patch(&format!("{PATH}{second}/"), json!({"document_number": "45678901"})).is(200);
    admin
        .patch(&format!("{PATH}{second}/"), json!({"document_type_id": dni}))
        .is(400)
        .complains_about(&["document_number"]);
}

#[test]
fn a_removed_patient_leaves_lists_and_search_and_comes_back() {
    let app = app();
    let admin = app.superuser();
    let id = patient(&app, "45678901", "Ana");
    let path = format!("{PATH}{id}/");
    admin.delete(&path).is(204);
    admin.get(&path).is(404);
    admin.delete(&path).is(404);
    admin.patch(&path, json!({"name": "X"})).is(404);
    let count =
        |query: &str| admin.get(&format!("{PATH}{query}")).is(200)["count"].as_i64().unwrap();
    assert_eq!((count("?page=1"), count("search/?q=ana")), (0, 0));
    admin.post(&format!("{path}restore/"), json!({})).is(200);
    assert_eq!((count("?page=1"), count("search/?q=ana")), (1, 1));
}
