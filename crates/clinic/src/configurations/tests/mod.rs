//! Tests of the catalogues, one file per endpoint; what holds for every catalogue is tried on every one.

mod create_entry;
mod delete_entry;
mod edit_entry;
mod list_catalogue;
mod seeds;

use serde_json::{Value as Json, json};

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
