//! The same endpoint as `create_patient`, when somebody is there already.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value as Json, json};

use super::builders::{PATH, jose as body};
use crate::tests::builders::{app, client_with, document_type, user_with};

#[test]
fn a_conflict_shows_no_clinical_content_to_who_may_not_see_it() {
    let app = app();
    let ill = json!({"health_condition": "Hipertensión"});
    app.superuser().post(PATH, body(ill)).is(201);
    let desk = client_with(&app, "desk", &["patients.add"]);
    let refused = desk.post(PATH, body(json!({"document_number": "45678902"}))).is(409);
    assert_eq!(refused["data"]["full_name"], "José Pérez Quispe");
    assert_eq!(refused["data"]["health_condition"], json!(null));
    assert!(!refused.text.contains("Hipertensión"));
}

#[test]
fn a_document_is_taken_once_within_its_kind() {
    let app = app();
    let admin = app.superuser();
    let other = json!({"name": "Otro", "paternal_lastname": "Apellido"});
    admin.post(PATH, body(json!({}))).is(201);
    let refused = admin.post(PATH, body(other.clone())).is(400);
    refused.complains_about(&["document_number"]);
    assert!(refused["document_number"][0].as_str().unwrap().contains("ya está registrado"));
    let mut typed = other;
    typed["document_type_id"] = json!(document_type(&app, "DNI"));
    admin.post(PATH, body(typed.clone())).is(201);
    typed["name"] = json!("Tercero");
    admin.post(PATH, body(typed)).is(400).complains_about(&["document_number"]);
}

#[test]
fn the_same_patient_twice_is_told_of_the_document_and_not_asked_to_confirm() {
    let app = app();
    let admin = app.superuser();
    admin.post(PATH, body(json!({}))).is(201);
    for change in [json!({}), json!({"confirm_duplicate": true})] {
        let refused = admin.post(PATH, body(change)).is(400);
        refused.complains_about(&["document_number"]);
        assert!(refused["document_number"][0].as_str().unwrap().contains("ya está registrado"));
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM patients"), 1);
}

#[test]
fn a_document_of_letters_is_one_in_capitals_or_not() {
    let app = app();
    let admin = app.superuser();
    let passport = document_type(&app, "Pasaporte");
    let of = |number: &str| {
        body(
            json!({"document_number": number, "document_type_id": passport, "confirm_duplicate": true}),
        )
    };
    let made = admin.post(PATH, of("ab123456")).is(201);
    assert_eq!(made["document_number"], "AB123456");
    admin.post(PATH, of("Ab123456")).is(400).complains_about(&["document_number"]);
    admin.delete(&format!("{PATH}{}/", made.id())).is(204);
    assert_eq!(admin.post(PATH, of("aB123456")).is(409)["restorable"], true);
}

#[test]
fn a_birth_date_with_a_time_of_day_is_that_day() {
    let app = app();
    let admin = app.superuser();
    let first = body(json!({"birth_date": "1990-01-01T05:00:00Z"}));
    let made = admin.post(PATH, first).is(201);
    assert_eq!(made["birth_date"], "1990-01-01T00:00:00Z");
    let twin = json!({"document_number": "45678902", "birth_date": "1990-01-01"});
    admin.post(PATH, body(twin)).is(409);
    let path = format!("{PATH}{}/", made.id());
    let changed = admin.patch(&path, json!({"birth_date": "1991-02-03T23:59:59-05:00"})).is(200);
    assert_eq!(changed["birth_date"], "1991-02-04T00:00:00Z");
}

#[test]
fn a_namesake_of_the_same_or_unknown_birth_date_is_a_conflict_until_confirmed() {
    let app = app();
    let admin = app.superuser();
    let first = admin.post(PATH, body(json!({"birth_date": "1990-01-01"}))).is(201).id();
    let twin = |change: Json| {
        let mut twin = body(
            json!({"document_number": "45678902", "name": "JOSE", "paternal_lastname": "perez"}),
        );
        twin.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        twin
    };
    for change in [json!({}), json!({"birth_date": "1990-01-01"})] {
        let refused = admin.post(PATH, twin(change)).is(409);
        assert_eq!(
            (&refused["data"]["id"], &refused["restorable"]),
            (&json!(first), &json!(false))
        );
    }
    admin.post(PATH, twin(json!({"birth_date": "1991-01-01"}))).is(201);
    admin
        .post(PATH, twin(json!({"document_number": "45678903", "confirm_duplicate": true})))
        .is(201);
}

#[test]
fn a_deleted_patient_is_offered_back() {
    let app = app();
    let admin = app.superuser();
    let id = admin.post(PATH, body(json!({}))).is(201).id();
    admin.delete(&format!("{PATH}{id}/")).is(204);
    for change in [json!({"name": "Otro nombre"}), json!({"document_number": "45678909"})] {
        let refused = admin.post(PATH, body(change)).is(409);
        assert_eq!((&refused["restorable"], &refused["data"]["id"]), (&json!(true), &json!(id)));
    }
    // A document can only come back with its patient; a name may be somebody else's.
    let confirmed = json!({"name": "Otro nombre", "confirm_duplicate": true});
    admin.post(PATH, body(confirmed)).is(409);
    assert_eq!(app.number("SELECT COUNT(*) FROM patients"), 1);
    let back = admin.post(&format!("{PATH}{id}/restore/"), json!({})).is(200);
    assert_eq!(back["deleted_at"], json!(null));
}

#[test]
fn the_same_patient_registered_by_twenty_desks_at_once_is_registered_once() {
    let app = app();
    let user = user_with(&app, "crowd", &["patients.add"]);
    let token = app.token_of(user, platform::auth::token::TokenType::Access);
    let statuses: Vec<u16> = app.runtime().block_on(async {
        let mut waiting = Vec::new();
        for number in 0..20 {
            let mut each = body(json!({"name": format!("Nombre {number}")}));
            each["confirm_duplicate"] = json!(true);
            let request = Request::post(PATH)
                .header("host", "testserver")
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/json")
                .body(Body::from(each.to_string()))
                .unwrap();
            let router = app.router();
            waiting.push(tokio::spawn(async move {
                use tower::ServiceExt;
                router.oneshot(request).await.unwrap().status().as_u16()
            }));
        }
        let mut statuses = Vec::new();
        for answer in waiting {
            statuses.push(answer.await.unwrap());
        }
        statuses
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 19, "{statuses:?}");
    assert_eq!(app.number("SELECT COUNT(*) FROM patients"), 1);
}
