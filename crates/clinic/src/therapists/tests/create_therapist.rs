use serde_json::json;

use super::builders::body;
use crate::tests::builders::{app, client_with, document_type, place};

const PATH: &str = "/api/therapists/therapists/";

#[test]
fn a_stranger_and_a_reader_may_not() {
    let app = app();
    app.anonymous().post(PATH, json!({})).is(401);
    let reader = client_with(&app, "reader", &["therapists.view"]);
    assert_eq!(reader.post(PATH, body(&app, "12345678")).is(403)["code"], "permission_denied");
    assert_eq!(app.number("SELECT COUNT(*) FROM therapists"), 0);
}

#[test]
fn every_missing_field_is_named() {
    let app = app();
    app.superuser().post(PATH, json!({})).is(400).complains_about(&[
        "document_type_id",
        "document_number",
        "first_name",
        "last_name_paternal",
        "last_name_maternal",
        "email",
        "region_id",
        "province_id",
        "district_id",
    ]);
}

#[test]
fn values_that_cannot_be_are_refused_by_field() {
    let app = app();
    let admin = app.superuser();
    let elsewhere = place(&app, "Cusco");
    let ruc = document_type(&app, "RUC");
    for (change, field) in [
        (json!({"document_number": "123"}), "document_number"),
        (json!({"document_type_id": ruc, "document_number": "20131312954"}), "document_number"),
        (json!({"document_type_id": 999_999}), "document_type_id"),
        (json!({"document_type_id": "x"}), "document_type_id"),
        (json!({"birth_date": "2015-01-01"}), "birth_date"),
        (json!({"birth_date": "2027-01-01"}), "birth_date"),
        (json!({"birth_date": "1990-02-30"}), "birth_date"),
        (json!({"email": "ana"}), "email"),
        (json!({"phone": "98-76"}), "phone"),
        (json!({"first_name": "x".repeat(151)}), "first_name"),
        (json!({"first_name": {"a": 1}}), "first_name"),
        (json!({"personal_reference": "<script>"}), "personal_reference"),
        (json!({"province_id": elsewhere.province}), "non_field_errors"),
        (json!({"district_id": elsewhere.district}), "non_field_errors"),
        (json!({"is_active": "maybe"}), "is_active"),
    ] {
        let mut wrong = body(&app, "12345678");
        wrong.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        admin.post(PATH, wrong).is(400).complains_about(&[field]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM therapists"), 0);
}

#[test]
fn an_accepted_therapist_is_answered_whole_and_written_with_its_history() {
    let app = app();
    let made = app.superuser().post(PATH, body(&app, "12345678")).is(201);
    assert_eq!(made["first_name"], "Ana María");
    assert_eq!(made["document_type"]["name"], "DNI");
    assert_eq!(made["district"]["province_name"], "Lima");
    assert_eq!(made["birth_date"], "1990-05-17T00:00:00Z");
    assert_eq!(made["created_at"], "2026-03-02T15:00:00Z");
    assert_eq!(made["is_active"], true);
    assert_eq!(
        app.number(
            "SELECT COUNT(*) FROM history WHERE table_name = 'therapists' AND action = 'add'"
        ),
        1
    );
}

#[test]
fn a_document_is_taken_once_even_by_a_deleted_therapist() {
    let app = app();
    let admin = app.superuser();
    let id = admin.post(PATH, body(&app, "12345678")).is(201).id();
    let twice = admin.post(PATH, body(&app, "12345678")).is(400);
    twice.complains_about(&["document_number"]);
    assert!(twice["document_number"][0].as_str().unwrap().contains("ya está registrado"));
    admin.delete(&format!("{PATH}{id}/")).is(204);
    admin.post(PATH, body(&app, "12345678")).is(400).complains_about(&["document_number"]);
}
