//! Create, show, change and remove diagnoses.

use serde_json::json;

use super::builders::{DIAGNOSES, diagnosis};
use crate::tests::builders::{app, client_with};

#[test]
fn who_only_reads_changes_nothing_and_the_desk_does_not_even_read() {
    let app = app();
    let id = diagnosis(&app, "M545", "Lumbago");
    let path = format!("{DIAGNOSES}{id}/");
    let reader = client_with(&app, "reader", &["clinical.view"]);
    reader.get(&path).is(200);
    reader.post(DIAGNOSES, json!({"code": "R51", "name": "Cefalea"})).is(403);
    reader.put(&path, json!({"name": "Otro"})).is(403);
    reader.patch(&path, json!({"name": "Otro"})).is(403);
    reader.delete(&path).is(403);
    let desk = client_with(&app, "desk", &["patients.view"]);
    for hidden in [DIAGNOSES, &path, "/api/patients/diagnosis-statistics/"] {
        desk.get(hidden).is(403);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM diagnoses WHERE name = 'Lumbago'"), 1);
}

#[test]
fn unknown_ids_are_not_found_whatever_the_verb() {
    let app = app();
    let admin = app.superuser();
    for id in ["999999", "abc", "0", "-1", "99999999999999999999"] {
        let path = format!("{DIAGNOSES}{id}/");
        admin.get(&path).is(404);
        admin.put(&path, json!({"name": "x"})).is(404);
        admin.patch(&path, json!({})).is(404);
        admin.delete(&path).is(404);
    }
}

#[test]
fn a_code_is_letters_and_digits_once_in_the_catalogue() {
    let app = app();
    let admin = app.superuser();
    admin.post(DIAGNOSES, json!({})).is(400).complains_about(&["code", "name"]);
    for code in ["M54.5", "M 545", "Ñ1", "", "   ", "A-1", "' OR 1=1"] {
        let body = json!({"code": code, "name": "Lumbago"});
        admin.post(DIAGNOSES, body).is(400).complains_about(&["code"]);
    }
    for name in [json!(""), json!(null), json!("x".repeat(256)), json!({})] {
        let body = json!({"code": "M545", "name": name});
        admin.post(DIAGNOSES, body).is(400).complains_about(&["name"]);
    }
    let made = admin.post(DIAGNOSES, json!({"code": " M545 ", "name": "Lumbago"})).is(201);
    assert_eq!((&made["code"], &made["name"]), (&json!("M545"), &json!("Lumbago")));
    assert!(made["deleted_at"].is_null() && made.json.get("restored").is_none());
    let again = json!({"code": "m545", "name": "Otro"});
    admin.post(DIAGNOSES, again.clone()).is(400).complains_about(&["code"]);
    let other = diagnosis(&app, "R51", "Cefalea");
    admin.patch(&format!("{DIAGNOSES}{other}/"), again).is(400).complains_about(&["code"]);
    assert_eq!(app.number("SELECT COUNT(*) FROM diagnoses"), 2);
}

#[test]
fn put_and_patch_leave_what_is_absent() {
    let app = app();
    let admin = app.superuser();
    let path = format!("{DIAGNOSES}{}/", diagnosis(&app, "M545", "Lumbago"));
    app.advance(chrono::Duration::minutes(5));
    assert_eq!(admin.put(&path, json!({})).is(200)["name"], "Lumbago");
    let changed = admin.put(&path, json!({"name": "Lumbalgia"})).is(200);
    assert_eq!((&changed["code"], &changed["name"]), (&json!("M545"), &json!("Lumbalgia")));
    assert_eq!(changed["updated_at"], "2026-03-02T15:05:00Z");
    assert_eq!(admin.patch(&path, json!({"code": "M546"})).is(200)["code"], "M546");
}

#[test]
fn a_removed_diagnosis_is_gone_and_comes_back_by_its_code() {
    let app = app();
    let admin = app.superuser();
    let id = diagnosis(&app, "M545", "Lumbago");
    let path = format!("{DIAGNOSES}{id}/");
    assert_eq!(admin.delete(&path).is(204).text, "");
    admin.get(&path).is(404);
    admin.delete(&path).is(404);
    admin.patch(&path, json!({"name": "x"})).is(404);
    let back = admin.post(DIAGNOSES, json!({"code": "m545", "name": "Lumbalgia"})).is(200);
    assert_eq!((back.id(), &back["restored"]), (id, &json!(true)));
    assert_eq!((&back["code"], &back["name"]), (&json!("m545"), &json!("Lumbalgia")));
    assert_eq!(app.number("SELECT COUNT(*) FROM diagnoses"), 1);
}
