use serde_json::json;

use super::builders::{DIAGNOSES, PATH, RECORDS, diagnosis, patient, record};
use crate::tests::builders::{app, client_with};

#[test]
fn unknown_and_removed_records_are_not_found_whatever_the_verb() {
    let app = app();
    let admin = app.superuser();
    let removed =
        record(&app, patient(&app, "45678901"), diagnosis(&app, "M545", "Lumbago"), "2026-03-01");
    admin.delete(&format!("{RECORDS}{removed}/")).is(204);
    for id in ["999999", "abc", "0", &removed.to_string()] {
        let path = format!("{RECORDS}{id}/");
        admin.get(&path).is(404);
        admin.put(&path, json!({"notes": "x"})).is(404);
        admin.patch(&path, json!({})).is(404);
        admin.delete(&path).is(404);
    }
}

#[test]
fn who_only_reads_changes_nothing() {
    let app = app();
    let id =
        record(&app, patient(&app, "45678901"), diagnosis(&app, "M545", "Lumbago"), "2026-03-01");
    let path = format!("{RECORDS}{id}/");
    let reader = client_with(&app, "reader", &["clinical.view"]);
    reader.get(&path).is(200);
    reader.put(&path, json!({"notes": "x"})).is(403);
    reader.patch(&path, json!({"notes": "x"})).is(403);
    reader.delete(&path).is(403);
    assert_eq!(app.number("SELECT COUNT(*) FROM medical_records WHERE deleted_at IS NULL"), 1);
}

#[test]
fn a_change_that_cannot_be_changes_nothing() {
    let app = app();
    let admin = app.superuser();
    let id =
        record(&app, patient(&app, "45678901"), diagnosis(&app, "M545", "Lumbago"), "2026-03-01");
    let path = format!("{RECORDS}{id}/");
    for (change, field) in [
        (json!({"patient_id": 999_999, "notes": "x"}), "patient_id"),
        (json!({"diagnose": 999_999, "notes": "x"}), "diagnose_id"),
        (json!({"diagnosis_date": "2026-03-03", "notes": "x"}), "diagnosis_date"),
        (json!({"diagnosis_date": null, "notes": "x"}), "diagnosis_date"),
    ] {
        admin.patch(&path, change).is(400).complains_about(&[field]);
    }
    assert!(admin.get(&path).is(200)["notes"].is_null());
}

#[test]
fn put_and_patch_leave_what_is_absent() {
    let app = app();
    let admin = app.superuser();
    let id =
        record(&app, patient(&app, "45678901"), diagnosis(&app, "M545", "Lumbago"), "2026-03-01");
    let path = format!("{RECORDS}{id}/");
    let resolved = admin.put(&path, json!({"status": "resolved", "notes": "Sin dolor"})).is(200);
    assert_eq!(
        (&resolved["status"], &resolved["notes"]),
        (&json!("resolved"), &json!("Sin dolor"))
    );
    assert_eq!(resolved["diagnosis_date"], "2026-03-01");
    let back = admin.patch(&path, json!({"status": "", "notes": ""})).is(200);
    assert_eq!((&back["status"], &back["notes"]), (&json!("active"), &json!(null)));
}

#[test]
fn a_record_whose_patient_or_diagnosis_was_removed_stays_and_can_be_completed() {
    let app = app();
    let admin = app.superuser();
    let (patient, diagnose) = (patient(&app, "45678901"), diagnosis(&app, "M545", "Lumbago"));
    let path = format!("{RECORDS}{}/", record(&app, patient, diagnose, "2026-03-01"));
    admin.delete(&format!("{PATH}{patient}/")).is(204);
    admin.delete(&format!("{DIAGNOSES}{diagnose}/")).is(204);
    let shown = admin.get(&path).is(200);
    assert_eq!(shown["diagnose"]["name"], "Lumbago");
    assert!(shown["patient"]["deleted_at"].is_string());
    let form = json!({"patient_id": patient, "diagnose_id": diagnose, "notes": "Derivado"});
    assert_eq!(admin.put(&path, form).is(200)["notes"], "Derivado");
}
