use axum::http::Method;
use serde_json::json;

use super::{HISTORIES, history, patient};
use crate::tests::builders::{app, client_with};

fn create() -> String {
    format!("{HISTORIES}create/")
}

#[test]
fn who_may_not_write_clinical_content_does_not() {
    let app = app();
    let body = json!({"patient": patient(&app, "45678901", "Ana")});
    app.anonymous().post(&create(), body.clone()).is(401);
    let reader = client_with(&app, "reader", &["clinical.view", "configurations.manage"]);
    reader.post(&create(), body).is(403);
    assert_eq!(app.superuser().get(&create()).is(405).header("allow"), "POST");
    assert_eq!(app.number("SELECT COUNT(*) FROM histories"), 0);
}

#[test]
fn bodies_that_name_no_patient_are_refused() {
    let app = app();
    let admin = app.superuser();
    let gone = patient(&app, "45678901", "Ana");
    admin.delete(&format!("/api/patients/patients/{gone}/")).is(204);
    for body in [
        json!({}),
        json!({"patient": null}),
        json!({"patient": "x"}),
        json!({"patient": 999_999}),
        json!({"patient": gone}),
        json!({"patient": [1]}),
    ] {
        let refused = admin.post(&create(), body).is(400);
        refused.complains_about(&["patient"]);
        assert!(refused["error"].is_string());
    }
    for text in ["", "{\"patient\":", "[1]"] {
        admin.send(Method::POST, &create(), Some("application/json"), text.into()).is(400);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM histories"), 0);
}

#[test]
fn a_patient_has_one_live_history() {
    let app = app();
    let admin = app.superuser();
    let patient = patient(&app, "45678901", "Ana");
    let made = admin
        .post(&create(), json!({"patient": patient.to_string(), "observation": "se ignora"}))
        .is(201);
    assert_eq!(
        made.json,
        json!({"id": made.id(), "patient": patient, "patient_name": "Ana Rojas"})
    );
    let again = admin.post(&create(), json!({"patient_id": patient})).is(409);
    assert_eq!(
        (&again["code"], &again["existing_history_id"]),
        (&json!("history_exists"), &json!(made.id()))
    );
    assert!(again["error"].is_string());
    let shown = admin.get(&format!("{HISTORIES}{}/", made.id())).is(200);
    for yes in ["testimony", "menstruation", "gestation"] {
        assert_eq!(shown[yes], true, "{yes}");
    }
    for nothing in ["observation", "private_observation", "height", "weight", "last_weight"] {
        assert!(shown[nothing].is_null(), "{nothing}");
    }
}

#[test]
fn after_a_deletion_a_new_history_is_opened() {
    let app = app();
    let patient = patient(&app, "45678901", "Ana");
    let first = history(&app, patient);
    app.superuser().post(&format!("{HISTORIES}{first}/delete/"), json!({})).is(200);
    assert_ne!(history(&app, patient), first);
}

#[test]
fn of_many_that_open_one_at_once_one_does() {
    let app = app();
    let patient = patient(&app, "45678901", "Ana");
    let admin = app.superuser();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let open = || admin.post(&create(), json!({"patient": patient})).status;
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(open)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 5, "{statuses:?}");
}
