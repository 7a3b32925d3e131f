use serde_json::json;

use super::builders::{DOOR, PASSWORD, alone, code_sent_to, log_in, other_than, person, rosa};

const ASK: &str = "/api/profiles/verification/email/change/";
const CONFIRM: &str = "/api/profiles/verification/email/change/confirm/";
const PROFILE: &str = "/api/profiles/profiles/me/";

#[test]
fn strangers_and_wrong_addresses_are_refused() {
    let app = alone();
    app.anonymous().post(ASK, json!({"new_email": "x@example.com"})).is(401);
    app.anonymous().post(CONFIRM, json!({"code": "123456"})).is(401);
    let client = app.client_of(rosa(&app));
    person(&app, "jose", "José", "Ñáñez");
    for email in
        [json!(null), json!(""), json!("x"), json!("JOSE@example.com"), json!("Rosa@Example.com")]
    {
        client.post(ASK, json!({"new_email": email})).is(400).complains_about(&["new_email"]);
    }
    for code in [json!(null), json!("12345"), json!("abcdef"), json!([1])] {
        client.post(CONFIRM, json!({"code": code})).is(400).complains_about(&["code"]);
    }
    assert!(app.outbox().is_empty());
    assert_eq!(client.post(CONFIRM, json!({"code": "123456"})).is(400)["code"], "invalid_code");
}

#[test]
fn the_address_changes_when_the_code_sent_there_is_typed() {
    let app = alone();
    let client = app.client_of(rosa(&app));
    let sent = client.post(ASK, json!({"new_email": "nueva@Example.com"})).is(200);
    assert_eq!(sent["target_email"], "nueva@Example.com");
    let code = code_sent_to(&app, "nueva@Example.com");
    assert_eq!(app.outbox()[0].subject, "Confirma cambio de email");
    log_in(&app, "nueva@example.com", PASSWORD).is(401);
    let changed = client.post(CONFIRM, json!({"code": code})).is(200);
    assert_eq!(changed["new_email"], "nueva@example.com");
    client.get(DOOR).is(200);
    assert_eq!(client.get("/api/profiles/users/me/").is(200)["email_verified"], true);
    log_in(&app, "nueva@example.com", PASSWORD).is(200);
    log_in(&app, "rosa@example.com", PASSWORD).is(401);
    let told = app.outbox().pop().unwrap();
    assert_eq!(
        (told.to.as_str(), told.subject.as_str()),
        ("rosa@example.com", "Su correo fue cambiado")
    );
    assert!(!told.text.contains("nueva@"), "the former address learns that, not where to");
    client.post(CONFIRM, json!({"code": code})).is(400);
}

#[test]
fn an_address_that_somebody_took_meanwhile_is_refused() {
    let app = alone();
    let client = app.client_of(rosa(&app));
    client.post(ASK, json!({"new_email": "jose@example.com"})).is(200);
    let code = code_sent_to(&app, "jose@example.com");
    person(&app, "jose", "José", "Ñáñez");
    client.post(CONFIRM, json!({"code": code})).is(400).complains_about(&["new_email"]);
    assert_eq!(client.get("/api/profiles/users/me/").is(200)["email"], "rosa@example.com");
}

#[test]
fn wrong_attempts_lock_and_an_expired_code_says_so() {
    let app = alone();
    let client = app.client_of(rosa(&app));
    client.post(ASK, json!({"new_email": "nueva@example.com"})).is(200);
    let code = code_sent_to(&app, "nueva@example.com");
    app.advance(chrono::Duration::minutes(15));
    assert_eq!(client.post(CONFIRM, json!({"code": code})).is(400)["code"], "code_expired");
    client.post(ASK, json!({"new_email": "nueva@example.com"})).is(200);
    let code = code_sent_to(&app, "nueva@example.com");
    let wrong = other_than(&code);
    for expected in ["invalid_code", "invalid_code", "too_many_attempts"] {
        assert_eq!(client.post(CONFIRM, json!({"code": wrong})).is(400)["code"], expected);
    }
    assert_eq!(client.post(CONFIRM, json!({"code": code})).is(400)["code"], "too_many_attempts");
    assert_eq!(
        client.post(ASK, json!({"new_email": "nueva@example.com"})).is(429)["code"],
        "code_locked"
    );
    assert_eq!(client.get("/api/profiles/users/me/").is(200)["email"], "rosa@example.com");
}

#[test]
fn a_profile_with_another_address_waits_for_its_code() {
    let app = alone();
    let client = app.client_of(rosa(&app));
    let changed =
        client.patch(PROFILE, json!({"email": "nueva@example.com", "phone": "987654321"})).is(200);
    assert_eq!(changed["profile"]["email"], "rosa@example.com");
    assert_eq!(changed["profile"]["pending_email"], "nueva@example.com");
    assert_eq!(changed["profile"]["phone"], "987654321");
    let code = code_sent_to(&app, "nueva@example.com");
    client.post(CONFIRM, json!({"code": code})).is(200);
    assert_eq!(client.get(PROFILE).is(200)["email"], "nueva@example.com");
    let same = client.patch(PROFILE, json!({"email": "nueva@example.com"})).is(200);
    assert!(same["profile"]["pending_email"].is_null());
}

#[test]
fn a_code_sent_to_the_former_address_is_void() {
    let app = alone();
    let id = rosa(&app);
    app.anonymous()
        .post("/api/profiles/password/reset/", json!({"email": "rosa@example.com"}))
        .is(200);
    let code = code_sent_to(&app, "rosa@example.com");
    let path = format!("/api/architect/users/{id}/");
    app.superuser().patch(&path, json!({"email": "nueva@example.com"})).is(200);
    let new = "tres tristes tigres";
    for email in ["rosa@example.com", "nueva@example.com"] {
        let body =
            json!({"code": code, "email": email, "new_password": new, "new_password_confirm": new});
        app.anonymous().post("/api/profiles/password/reset/confirm/", body).is(400);
    }
}
