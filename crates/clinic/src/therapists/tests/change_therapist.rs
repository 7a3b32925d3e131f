use serde_json::json;

use super::builders::{body, therapist};
use crate::tests::builders::{app, place};

fn path(id: i64) -> String {
    format!("/api/therapists/therapists/{id}/")
}

#[test]
fn unknown_ids_are_not_found_whatever_the_verb() {
    let app = app();
    let admin = app.superuser();
    for id in ["999999", "abc", "-1", "99999999999999999999"] {
        let path = format!("/api/therapists/therapists/{id}/");
        admin.get(&path).is(404);
        admin.patch(&path, json!({})).is(404);
        admin.put(&path, body(&app, "12345678")).is(404);
        admin.delete(&path).is(404);
        admin.post(&format!("{path}restore/"), json!({})).is(404);
    }
}

#[test]
fn a_patch_changes_what_it_names_and_nothing_else() {
    let app = app();
    let admin = app.superuser();
    let id = therapist(&app, "12345678");
    app.advance(chrono::Duration::hours(1));
    let changed = admin
        .patch(&path(id), json!({"phone": "999888777", "license_number": "CTMP 1234"}))
        .is(200);
    assert_eq!(changed["phone"], "999888777");
    assert_eq!(changed["license_number"], "CTMP 1234");
    assert_eq!(changed["first_name"], "Ana María");
    assert_eq!(changed["updated_at"], "2026-03-02T16:00:00Z");
    let log = app.read(move |conn| {
        Ok(conn.one::<String>(
            "SELECT changes FROM history WHERE action = 'change' AND table_name = 'therapists'",
            &[],
        )?)
    });
    assert_eq!(log, r#"{"phone":["987654321","999888777"],"license_number":[null,"CTMP 1234"]}"#);
}

#[test]
fn a_put_needs_the_required_fields_and_a_patch_checks_against_what_is_there() {
    let app = app();
    let admin = app.superuser();
    let id = therapist(&app, "12345678");
    admin.put(&path(id), json!({"phone": "1"})).is(400);
    let elsewhere = place(&app, "Cusco");
    admin
        .patch(&path(id), json!({"province_id": elsewhere.province}))
        .is(400)
        .complains_about(&["non_field_errors"]);
    admin
        .patch(&path(id), json!({"document_number": "12"}))
        .is(400)
        .complains_about(&["document_number"]);
}

#[test]
fn a_deleted_therapist_leaves_the_list_and_comes_back() {
    let app = app();
    let admin = app.superuser();
    let id = therapist(&app, "12345678");
    admin.delete(&path(id)).is(204);
    admin.delete(&path(id)).is(404);
    admin.get(&path(id)).is(404);
    admin.patch(&path(id), json!({"phone": "1"})).is(404);
    assert_eq!(admin.get("/api/therapists/therapists/").is(200)["count"], 0);
    assert_eq!(admin.get("/api/therapists/therapists/inactive/").is(200)["count"], 1);
    let shown = admin.get(&format!("{}?active=all", path(id))).is(200);
    assert_eq!(shown["is_active"], false);
    let back = admin.patch(&format!("{}restore/", path(id)), json!({})).is(200);
    assert_eq!((&back["is_active"], &back["deleted_at"]), (&json!(true), &json!(null)));
    admin.post(&format!("{}restore/", path(id)), json!({})).is(404);
    assert_eq!(admin.get("/api/therapists/therapists/").is(200)["count"], 1);
}
