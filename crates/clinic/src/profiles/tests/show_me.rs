use serde_json::json;

use super::builders::rosa;
use crate::tests::builders::{app, user_with};

#[test]
fn a_stranger_is_nobody() {
    let app = app();
    for path in
        ["/api/profiles/users/me/", "/api/profiles/users/profile/", "/api/profiles/profiles/me/"]
    {
        app.anonymous().get(path).is(401);
    }
}

#[test]
fn oneself_is_answered_with_all_that_clients_read() {
    let app = app();
    let client = app.client_of(rosa(&app));
    let me = client.get("/api/profiles/users/me/").is(200);
    for (key, value) in [
        ("user_name", json!("rosa")),
        ("username", json!("rosa")),
        ("email", json!("rosa@example.com")),
        ("name", json!("Rosa")),
        ("paternal_lastname", json!("Quispe")),
        ("maternal_lastname", json!("")),
        ("full_name", json!("Rosa Quispe")),
        ("phone", json!(null)),
        ("account_statement", json!("A")),
        ("is_active", json!(true)),
        ("date_joined", json!("2026-03-02T15:00:00Z")),
        ("last_login", json!(null)),
        ("profile_photo_url", json!(null)),
        ("photo_url", json!(null)),
        ("document_number", json!(null)),
        ("document_type", json!(null)),
        ("sex", json!(null)),
        ("country", json!(null)),
        ("email_verified", json!(false)),
        ("permissions", json!([])),
    ] {
        assert_eq!(me[key], value, "{key}");
    }
    assert!(!me.text.contains("argon2"));
    assert_eq!(client.get("/api/profiles/users/profile/").is(200).json, me.json);
}

#[test]
fn what_ones_roles_permit_is_told_in_order() {
    let app = app();
    let id = user_with(&app, "ana", &["tickets.view", "patients.view"]);
    let me = app.client_of(id).get("/api/profiles/users/me/").is(200);
    assert_eq!(me["permissions"], json!(["patients.view", "tickets.view"]));
}
