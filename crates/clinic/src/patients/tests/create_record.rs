use serde_json::json;

use super::builders::{DIAGNOSES, PATH, RECORDS, diagnosis, patient, patient_with, record};
use crate::tests::builders::{app, client_with, document_type};

#[test]
fn who_may_not_write_clinical_content_does_not() {
    let app = app();
    let body = json!({
        "patient_id": patient(&app, "45678901"),
        "diagnose_id": diagnosis(&app, "M545", "Lumbago"),
        "diagnosis_date": "2026-03-01",
    });
    app.anonymous().post(RECORDS, body.clone()).is(401);
    client_with(&app, "reader", &["clinical.view", "patients.add"]).post(RECORDS, body).is(403);
    assert_eq!(app.number("SELECT COUNT(*) FROM medical_records"), 0);
}

#[test]
fn values_that_cannot_be_are_refused_by_field() {
    let app = app();
    let admin = app.superuser();
    let (patient, gone) = (patient(&app, "45678901"), patient(&app, "45678902"));
    let (diagnose, old) = (diagnosis(&app, "M545", "Lumbago"), diagnosis(&app, "A00", "Cólera"));
    admin.delete(&format!("{PATH}{gone}/")).is(204);
    admin.delete(&format!("{DIAGNOSES}{old}/")).is(204);
    let required = ["patient_id", "diagnose_id", "diagnosis_date"];
    admin.post(RECORDS, json!({})).is(400).complains_about(&required);
    for (change, field) in [
        (json!({"patient_id": 999_999}), "patient_id"),
        (json!({"patient_id": gone}), "patient_id"),
        (json!({"patient_id": "x"}), "patient_id"),
        (json!({"diagnose_id": 999_999}), "diagnose_id"),
        (json!({"diagnose_id": old}), "diagnose_id"),
        (json!({"diagnose_id": null}), "diagnose_id"),
        (json!({"diagnosis_date": "2026-03-03"}), "diagnosis_date"),
        (json!({"diagnosis_date": "2026-02-30"}), "diagnosis_date"),
        (json!({"diagnosis_date": ""}), "diagnosis_date"),
        (json!({"status": "x".repeat(21)}), "status"),
        (json!({"symptoms": {}}), "symptoms"),
    ] {
        let mut body =
            json!({"patient_id": patient, "diagnose_id": diagnose, "diagnosis_date": "2026-03-01"});
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        admin.post(RECORDS, body).is(400).complains_about(&[field]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM medical_records"), 0);
}

#[test]
fn a_record_is_answered_with_its_whole_patient_and_diagnosis() {
    let app = app();
    let dni = document_type(&app, "DNI");
    let patient = patient_with(
        &app,
        "45678901",
        json!({"document_type_id": dni, "health_condition": "Hipertensión"}),
    );
    let diagnose = diagnosis(&app, "M545", "Lumbago");
    let made = app
        .superuser()
        .post(
            RECORDS,
            json!({
                "patient": patient.to_string(), "diagnose": diagnose, "diagnosis_date": "2026-03-02",
                "symptoms": "Dolor", "treatment": "", "notes": null,
            }),
        )
        .is(201);
    assert_eq!(made["patient"]["id"], patient);
    assert_eq!(made["patient"]["document_type"]["name"], "DNI");
    assert_eq!(made["patient"]["health_condition"], "Hipertensión");
    assert_eq!(made["diagnose"]["code"], "M545");
    assert_eq!(
        (&made["diagnosis_date"], &made["status"]),
        (&json!("2026-03-02"), &json!("active"))
    );
    assert_eq!((&made["symptoms"], &made["treatment"]), (&json!("Dolor"), &json!(null)));
    let shown = app.superuser().get(&format!("{RECORDS}{}/", made.id())).is(200);
    assert_eq!(shown.json, made.json);
}

#[test]
fn a_diagnosis_is_written_once_a_day_but_again_on_another_or_after_removal() {
    let app = app();
    let admin = app.superuser();
    let patient = patient(&app, "45678901");
    let diagnose = diagnosis(&app, "M545", "Lumbago");
    let first = record(&app, patient, diagnose, "2026-03-01");
    let same =
        json!({"patient_id": patient, "diagnose_id": diagnose, "diagnosis_date": "2026-03-01"});
    admin.post(RECORDS, same.clone()).is(400).complains_about(&["non_field_errors"]);
    let other = record(&app, patient, diagnose, "2026-02-01");
    admin
        .patch(&format!("{RECORDS}{other}/"), json!({"diagnosis_date": "2026-03-01"}))
        .is(400)
        .complains_about(&["non_field_errors"]);
    admin.delete(&format!("{RECORDS}{first}/")).is(204);
    admin.post(RECORDS, same).is(201);
}
