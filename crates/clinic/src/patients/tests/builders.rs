//! A patient in one line.

use serde_json::{Value as Json, json};
use testkit::TestApp;

/// Where patients are.
pub(crate) const PATH: &str = "/api/patients/patients/";

/// A body that is accepted: the least a reception knows, and a phone.
pub(crate) fn body(document: &str) -> Json {
    json!({
        "document_number": document,
        "paternal_lastname": "Rojas",
        "name": "Ana",
        "phone1": "987654321",
    })
}

/// A body that is accepted, with values changed or added.
pub(crate) fn body_with(document: &str, change: Json) -> Json {
    let mut body = body(document);
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    body
}

/// The id of a new patient with this document, whoever else has the name.
pub(crate) fn patient(app: &TestApp, document: &str) -> i64 {
    patient_with(app, document, json!({}))
}

/// The id of a new patient with this document and these values.
pub(crate) fn patient_with(app: &TestApp, document: &str, change: Json) -> i64 {
    let mut body = body_with(document, change);
    body["confirm_duplicate"] = json!(true);
    app.superuser().post(PATH, body).is(201).id()
}

/// A body of José Pérez Quispe, without a phone, with values changed or added.
pub(crate) fn jose(change: Json) -> Json {
    let mut body = body_with(
        "45678901",
        json!({"paternal_lastname": "Pérez", "maternal_lastname": "Quispe", "name": "José"}),
    );
    let fields = body.as_object_mut().unwrap();
    fields.remove("phone1");
    fields.extend(change.as_object().unwrap().clone());
    body
}

pub(crate) const DIAGNOSES: &str = "/api/patients/diagnoses/";
pub(crate) const RECORDS: &str = "/api/patients/medical-records/";

/// The id of a new diagnosis.
pub(crate) fn diagnosis(app: &TestApp, code: &str, name: &str) -> i64 {
    app.superuser().post(DIAGNOSES, json!({"code": code, "name": name})).is(201).id()
}

/// The id of a new record of a diagnosis made on a day.
pub(crate) fn record(app: &TestApp, patient: i64, diagnose: i64, day: &str) -> i64 {
    let body = json!({"patient_id": patient, "diagnose_id": diagnose, "diagnosis_date": day});
    app.superuser().post(RECORDS, body).is(201).id()
}

/// The ids of rows.
pub(crate) fn ids(rows: &[Json]) -> Vec<i64> {
    rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}
