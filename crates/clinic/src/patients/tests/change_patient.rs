use serde_json::json;

use super::builders::{PATH, body_with, patient, patient_with};
use crate::tests::builders::{app, client_with, document_type, place};

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
fn each_verb_needs_its_own_permission() {
    let app = app();
    let id = patient(&app, "45678901");
    let path = format!("{PATH}{id}/");
    let clerk = client_with(&app, "clerk", &["patients.view", "patients.add"]);
    clerk.put(&path, body_with("45678901", json!({"name": "Eva"}))).is(403);
    clerk.patch(&path, json!({"name": "Eva"})).is(403);
    clerk.delete(&path).is(403);
    app.superuser().delete(&path).is(204);
    clerk.post(&format!("{path}restore/"), json!({})).is(403);
    assert_eq!(app.number("SELECT COUNT(*) FROM patients WHERE deleted_at IS NOT NULL"), 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM history WHERE action = 'change'"), 0);
}

#[test]
fn what_a_change_would_make_of_the_patient_is_checked_whole() {
    let app = app();
    let admin = app.superuser();
    let (lima, cusco) = (place(&app, "Lima"), place(&app, "Cusco"));
    let passport = document_type(&app, "Pasaporte");
    let living = json!({
        "document_type_id": passport, "region_id": lima.region, "province_id": lima.province,
    });
    let path = format!("{PATH}{}/", patient_with(&app, "AB123456", living));
    for (change, field) in [
        (json!({"province_id": cusco.province}), "province"),
        (json!({"district_id": cusco.district}), "district"),
        (json!({"document_type_id": null}), "document_number"),
        (json!({"document_number": "A B"}), "document_number"),
        (json!({"birth_date": "2026-03-03"}), "birth_date"),
        (json!({"paternal_lastname": null}), "paternal_lastname"),
        (json!({"phone1": "12345"}), "phone1"),
    ] {
        admin.patch(&path, change).is(400).complains_about(&[field]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM history WHERE action = 'change'"), 0);
}

#[test]
fn who_may_not_see_the_state_of_health_does_not_empty_it_by_sending_the_form_back() {
    let app = app();
    let id = patient_with(&app, "45678901", json!({"health_condition": "Hipertensión"}));
    let path = format!("{PATH}{id}/");
    let desk = client_with(&app, "desk", &["patients.view", "patients.change"]);
    let mut form = desk.get(&path).is(200).json;
    assert_eq!(form["health_condition"], json!(null));
    form["phone1"] = json!("912345678");
    assert_eq!(desk.put(&path, form).is(200)["phone1"], "912345678");
    desk.patch(&path, json!({"health_condition": ""})).is(200);
    let admin = app.superuser();
    assert_eq!(admin.get(&path).is(200)["health_condition"], "Hipertensión");
    admin.patch(&path, json!({"health_condition": null})).is(200);
    assert_eq!(admin.get(&path).is(200)["health_condition"], json!(null));
}

#[test]
fn a_patch_changes_what_it_names_and_a_put_needs_the_rest() {
    let app = app();
    let admin = app.superuser();
    let path = format!("{PATH}{}/", patient(&app, "45678901"));
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
    let first = patient(&app, "45678901");
    let second = patient(&app, "45678902");
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
    let id = patient(&app, "45678901");
    let path = format!("{PATH}{id}/");
    admin.delete(&path).is(204);
    admin.get(&path).is(404);
    admin.delete(&path).is(404);
    admin.patch(&path, json!({"name": "X"})).is(404);
    let count =
        |query: &str| admin.get(&format!("{PATH}{query}")).is(200)["count"].as_i64().unwrap();
    assert_eq!((count("?page=1"), count("search/?q=ana")), (0, 0));
    admin.post(&format!("{path}restore/"), json!({})).is(200);
    admin.post(&format!("{path}restore/"), json!({})).is(404);
    assert_eq!((count("?page=1"), count("search/?q=ana")), (1, 1));
}
