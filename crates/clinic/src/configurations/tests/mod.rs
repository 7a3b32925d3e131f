//! Tests of histories and of the catalogues, one file per endpoint; what holds for every catalogue is tried on every one.

mod change_history;
mod create_entry;
mod create_history;
mod delete_entry;
mod edit_entry;
mod list_catalogue;
mod list_histories;
mod seeds;

use platform::db::Changes;
use serde_json::{Value as Json, json};
use testkit::TestApp;

use crate::patients::model::PATIENTS;

/// The catalogues by their key in the API.
const KEYS: [&str; 4] =
    ["document_types", "payment_types", "payment_statuses", "predetermined_prices"];
/// Those where a name stands once.
const UNIQUE: [&str; 3] = ["document_types", "payment_types", "payment_statuses"];

fn list(key: &str) -> String {
    format!("/api/configurations/{key}/")
}

fn create(key: &str) -> String {
    format!("/api/configurations/{key}/create/")
}

fn edit(key: &str, id: impl std::fmt::Display) -> String {
    format!("/api/configurations/{key}/{id}/edit/")
}

fn delete(key: &str, id: impl std::fmt::Display) -> String {
    format!("/api/configurations/{key}/{id}/delete/")
}

/// A body that any catalogue accepts.
fn body(name: &str) -> Json {
    json!({"name": name, "price": "10.00"})
}

const HISTORIES: &str = "/api/configurations/histories/";

/// A patient of that name, straight into the table: patients are a later module.
fn patient(app: &TestApp, document: &'static str, name: &'static str) -> i64 {
    app.write(move |tx| {
        let row = Changes::new()
            .with("document_number", document)
            .with("name", name)
            .with("last_name_paternal", "Rojas")
            .with("document_type_key", 0_i64);
        tx.insert(&PATIENTS, row)
    })
}

/// The id of a new history of a patient.
fn history(app: &TestApp, patient: i64) -> i64 {
    app.superuser().post(&format!("{HISTORIES}create/"), json!({"patient": patient})).is(201).id()
}
