use serde_json::json;

use super::{HISTORIES, history, patient};
use crate::tests::builders::{app, client_with};

#[test]
fn unknown_and_deleted_histories_are_not_found_whatever_the_verb() {
    let app = app();
    let admin = app.superuser();
    let deleted = history(&app, patient(&app, "45678901", "Ana"));
    admin.post(&format!("{HISTORIES}{deleted}/delete/"), json!({})).is(200);
    for id in ["999999", "abc", "0", &deleted.to_string()] {
        let path = |action: &str| format!("{HISTORIES}{id}/{action}");
        admin.get(&path("")).is(404);
        admin.put(&path("update/"), json!({"observation": "x"})).is(404);
        admin.patch(&path("update/"), json!({})).is(404);
        assert!(admin.post(&path("delete/"), json!({})).is(404)["error"].is_string());
        if id != deleted.to_string() {
            admin.post(&path("restore/"), json!({})).is(404);
        }
    }
}

#[test]
fn each_verb_needs_its_permission() {
    let app = app();
    let id = history(&app, patient(&app, "45678901", "Ana"));
    let path = |action: &str| format!("{HISTORIES}{id}/{action}");
    let desk = client_with(&app, "desk", &["patients.view", "configurations.manage"]);
    desk.get(&path("")).is(403);
    let reader = client_with(&app, "reader", &["clinical.view"]);
    reader.get(&path("")).is(200);
    reader.put(&path("update/"), json!({"observation": "x"})).is(403);
    reader.patch(&path("update/"), json!({"observation": "x"})).is(403);
    reader.post(&path("delete/"), json!({})).is(403);
    reader.post(&path("restore/"), json!({})).is(403);
    assert_eq!(app.superuser().delete(&path("delete/")).is(405).header("allow"), "POST");
    assert_eq!(
        app.number(
            "SELECT COUNT(*) FROM histories WHERE deleted_at IS NULL AND observation IS NULL"
        ),
        1
    );
}

#[test]
fn values_that_cannot_be_are_refused_by_field() {
    let app = app();
    let admin = app.superuser();
    let id = history(&app, patient(&app, "45678901", "Ana"));
    let path = format!("{HISTORIES}{id}/update/");
    for (change, field) in [
        (json!({"height": "10000"}), "height"),
        (json!({"height": "1.2345"}), "height"),
        (json!({"height": -1}), "height"),
        (json!({"weight": 1000}), "weight"),
        (json!({"last_weight": "setenta"}), "last_weight"),
        (json!({"testimony": null}), "testimony"),
        (json!({"testimony": []}), "testimony"),
        (json!({"diu_type": "x".repeat(256)}), "diu_type"),
        (json!({"patient": 999_999}), "patient"),
        (json!({"patient": "x"}), "patient"),
        (json!({"patient": null}), "patient"),
    ] {
        admin.put(&path, change).is(400).complains_about(&[field]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM history WHERE action = 'change'"), 0);
}

#[test]
fn a_change_is_answered_with_numbers_and_the_moment_in_its_old_form() {
    let app = app();
    let patient = patient(&app, "45678901", "Ana");
    let id = history(&app, patient);
    app.advance(chrono::Duration::minutes(5));
    let done = app
        .superuser()
        .put(
            &format!("{HISTORIES}{id}/update/"),
            json!({
                "height": 1.65, "weight": "70.5", "last_weight": "", "diu_type": "T de cobre",
                "observation": "Sin alergias", "private_observation": "Ansiedad",
                "testimony": "no", "menstruation": "SÍ", "gestation": "",
            }),
        )
        .is(200);
    assert!(done["message"].is_string());
    let history = &done["history"];
    assert_eq!((&history["id"], &history["patient"]), (&json!(id), &json!(patient)));
    assert_eq!(
        (&history["height"], &history["weight"], &history["last_weight"]),
        (&json!(1.65), &json!(70.5), &json!(null))
    );
    assert_eq!(
        (&history["testimony"], &history["menstruation"], &history["gestation"]),
        (&json!(false), &json!(true), &json!(false))
    );
    assert_eq!(history["private_observation"], "Ansiedad");
    assert_eq!(history["updated_at"], "2026-03-02T15:05:00+00:00");
    let shown = app.superuser().get(&format!("{HISTORIES}{id}/")).is(200);
    assert_eq!(shown["updated_at"], "2026-03-02T15:05:00Z");
    assert_eq!((&shown["height"], &shown["diu_type"]), (&json!(1.65), &json!("T de cobre")));
}

#[test]
fn the_private_observation_is_neither_seen_nor_touched_without_its_permission() {
    let app = app();
    let id = history(&app, patient(&app, "45678901", "Ana"));
    let update = format!("{HISTORIES}{id}/update/");
    let admin = app.superuser();
    admin.patch(&update, json!({"private_observation": "Ansiedad"})).is(200);
    let nurse = client_with(&app, "nurse", &["clinical.view", "clinical.write"]);
    assert!(nurse.get(&format!("{HISTORIES}{id}/")).is(200)["private_observation"].is_null());
    for blank in [json!(null), json!(""), json!("  ")] {
        let form = json!({"private_observation": blank, "observation": "Sin alergias"});
        let done = nurse.put(&update, form).is(200);
        assert!(done["history"]["private_observation"].is_null());
    }
    let refused = nurse.put(&update, json!({"private_observation": "x", "observation": "y"}));
    assert_eq!(refused.is(403)["code"], "permission_denied");
    let shown = admin.get(&format!("{HISTORIES}{id}/")).is(200);
    assert_eq!(
        (&shown["private_observation"], &shown["observation"]),
        (&json!("Ansiedad"), &json!("Sin alergias"))
    );
}

#[test]
fn a_history_goes_to_another_patient_only_if_that_one_has_none() {
    let app = app();
    let admin = app.superuser();
    let (ana, eva) = (patient(&app, "45678901", "Ana"), patient(&app, "45678902", "Eva"));
    let (of_ana, of_eva) = (history(&app, ana), history(&app, eva));
    let update = format!("{HISTORIES}{of_ana}/update/");
    let refused = admin.patch(&update, json!({"patient": eva})).is(409);
    assert_eq!(refused["existing_history_id"], of_eva);
    admin.patch(&update, json!({"patient": ana, "observation": "x"})).is(200);
    admin.post(&format!("{HISTORIES}{of_eva}/delete/"), json!({})).is(200);
    assert_eq!(admin.patch(&update, json!({"patient_id": eva})).is(200)["history"]["patient"], eva);
}

#[test]
fn a_deleted_history_comes_back_unless_there_is_a_newer_one() {
    let app = app();
    let admin = app.superuser();
    let patient = patient(&app, "45678901", "Ana");
    let old = history(&app, patient);
    let path = |id: i64, action: &str| format!("{HISTORIES}{id}/{action}/");
    let deleted = admin.post(&path(old, "delete"), json!({})).is(200);
    assert_eq!(deleted.json, json!({"status": "deleted", "id": old}));
    let back = admin.post(&path(old, "restore"), json!({})).is(200);
    assert_eq!(back["history"]["id"], old);
    admin.post(&path(old, "restore"), json!({})).is(404);
    admin.post(&path(old, "delete"), json!({})).is(200);
    let new = history(&app, patient);
    let refused = admin.post(&path(old, "restore"), json!({})).is(409);
    assert_eq!(refused["existing_history_id"], new);
}
