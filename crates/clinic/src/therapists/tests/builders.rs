//! A therapist in one line.

use serde_json::{Value as Json, json};
use testkit::TestApp;

use crate::tests::builders::{document_type, place};

/// A body that is accepted.
pub(crate) fn body(app: &TestApp, document: &str) -> Json {
    let place = place(app, "Lima");
    json!({
        "document_type_id": document_type(app, "DNI"),
        "document_number": document,
        "first_name": "Ana María",
        "last_name_paternal": "Quispe",
        "last_name_maternal": "Flores",
        "email": "ana.quispe@example.com",
        "region_id": place.region,
        "province_id": place.province,
        "district_id": place.district,
        "birth_date": "1990-05-17",
        "phone": "987654321",
    })
}

/// The id of a new therapist with this DNI.
pub(crate) fn therapist(app: &TestApp, document: &str) -> i64 {
    app.superuser().post("/api/therapists/therapists/", body(app, document)).is(201).id()
}
