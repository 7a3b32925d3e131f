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
