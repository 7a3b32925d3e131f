use serde_json::json;

use super::builders::{alone as app, person, rosa};

const PROFILE: &str = "/api/profiles/profiles/me/";
const CREATE: &str = "/api/profiles/profiles/create/";
const SETTINGS: &str = "/api/profiles/profiles/settings/";
const COMPLETION: &str = "/api/profiles/profiles/completion/";

#[test]
fn a_stranger_has_none_and_required_fields_are_named() {
    let app = app();
    app.anonymous().patch(PROFILE, json!({})).is(401);
    app.anonymous().post(CREATE, json!({})).is(401);
    let client = app.client_of(rosa(&app));
    let required = ["name", "paternal_lastname", "maternal_lastname", "email", "document_number"];
    client.put(PROFILE, json!({})).is(400).complains_about(&required);
    client.post(CREATE, json!({})).is(400).complains_about(&required);
    for (body, field) in [
        (json!({"email": "rosa"}), "email"),
        (json!({"document_number": "1".repeat(21)}), "document_number"),
        (json!({"document_type": 999_999}), "document_type"),
        (json!({"country": "Perú"}), "country"),
        (json!({"sex": "x"}), "sex"),
        (json!({"phone": "1"}), "phone"),
    ] {
        client.patch(PROFILE, body).is(400).complains_about(&[field]);
    }
}

#[test]
fn what_others_have_is_refused_and_ones_own_is_not() {
    let app = app();
    let (client, other) =
        (app.client_of(rosa(&app)), app.client_of(person(&app, "jose", "José", "Ñáñez")));
    other.patch(PROFILE, json!({"document_number": "45678901"})).is(200);
    client
        .patch(PROFILE, json!({"document_number": "45678901", "email": "JOSE@example.com"}))
        .is(400)
        .complains_about(&["email", "document_number"]);
    let own = json!({"name": "Rosa", "paternal_lastname": "Quispe", "maternal_lastname": "Flores",
        "email": "rosa@example.com", "document_number": "87654321"});
    let made = client.post(CREATE, own.clone()).is(201);
    assert_eq!(made["profile"]["document_number"], "87654321");
    assert_eq!(client.put(PROFILE, own).is(200)["profile"]["maternal_lastname"], "Flores");
}

#[test]
fn completion_counts_name_address_and_phone() {
    let app = app();
    let client = app.client_of(rosa(&app));
    let part = client.get(COMPLETION).is(200);
    assert_eq!(part["completion_percentage"], 66.666_666_666_666_66);
    assert_eq!(part["is_complete"], false);
    assert_eq!(part["missing_fields"], json!(["phone", "photo_url"]));
    client.patch(PROFILE, json!({"phone": "987654321"})).is(200);
    let whole = client.get(COMPLETION).is(200);
    assert_eq!(
        (&whole["completion_percentage"], &whole["is_complete"]),
        (&json!(100.0), &json!(true))
    );
    assert_eq!(client.get(PROFILE).is(200)["completion_percentage"], json!(100.0));
}

#[test]
fn settings_know_two_states() {
    let app = app();
    let client = app.client_of(rosa(&app));
    client.put(SETTINGS, json!({})).is(400).complains_about(&["account_statement"]);
    client
        .patch(SETTINGS, json!({"account_statement": "X"}))
        .is(400)
        .complains_about(&["account_statement"]);
    let changed = client.put(SETTINGS, json!({"account_statement": "I"})).is(200);
    assert_eq!(changed["settings"], json!({"account_statement": "I"}));
    assert_eq!(client.get(SETTINGS).is(200).json, json!({"account_statement": "I"}));
}
