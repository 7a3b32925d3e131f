use serde_json::json;

use super::builders::{alone, code_sent_to, other_than, person, rosa};

const SEND: &str = "/api/profiles/verification/code/";
const STATUS: &str = "/api/profiles/verification/status/";
const PUBLIC: &str = "/api/profiles/verification/email/";
const CONFIRM: &str = "/api/profiles/verification/email/confirm/";

#[test]
fn strangers_ask_for_no_code_of_their_own_and_wrong_values_are_named() {
    let app = alone();
    for path in [SEND, "/api/profiles/verification/code/resend/"] {
        app.anonymous().post(path, json!({})).is(401);
    }
    app.anonymous().get(STATUS).is(401);
    let client = app.client_of(rosa(&app));
    for (body, field) in [
        (json!({}), "verification_type"),
        (json!({"verification_type": "password_change"}), "verification_type"),
        (json!({"verification_type": ["email_change"]}), "verification_type"),
        (json!({"verification_type": "email_change"}), "target_email"),
        (json!({"verification_type": "email_change", "target_email": ""}), "target_email"),
        (json!({"verification_type": "email_change", "target_email": "x"}), "target_email"),
        (
            json!({"verification_type": "email_change", "target_email": "rosa@example.com"}),
            "target_email",
        ),
    ] {
        client.post(SEND, body).is(400).complains_about(&[field]);
    }
    for body in [json!({}), json!({"code": "1"}), json!({"code": null})] {
        app.anonymous().post(CONFIRM, body).is(400).complains_about(&["code"]);
    }
    assert!(app.outbox().is_empty());
}

#[test]
fn a_code_proves_ones_address() {
    let app = alone();
    let client = app.client_of(rosa(&app));
    let sent = client.post(SEND, json!({"verification_type": "email_verification"})).is(200);
    assert_eq!(sent["verification_type"], "email_verification");
    assert_eq!(sent["expires_at"], "2026-03-02T15:15:00Z");
    assert!(sent["code"].is_null());
    let code = code_sent_to(&app, "rosa@example.com");
    let status = client.get(STATUS).is(200);
    assert_eq!(
        (&status["user_email"], &status["email_verified"]),
        (&json!("rosa@example.com"), &json!(false))
    );
    assert_eq!(
        status["active_verifications"],
        json!([{"verification_type": "email_verification", "expires_at": "2026-03-02T15:15:00Z",
            "attempts_remaining": 3, "is_valid": true}])
    );
    app.anonymous()
        .post(CONFIRM, json!({"code": other_than(&code), "email": "rosa@example.com"}))
        .is(400);
    assert_eq!(client.get(STATUS).is(200)["active_verifications"][0]["attempts_remaining"], 2);
    assert_eq!(app.outbox().pop().unwrap().subject, "Verifica tu email");
    app.anonymous().post(CONFIRM, json!({"code": code})).is(200);
    let after = client.get(STATUS).is(200);
    assert_eq!(
        (&after["email_verified"], &after["active_verifications"]),
        (&json!(true), &json!([]))
    );
    app.anonymous().post(CONFIRM, json!({"code": code})).is(400);
}

#[test]
fn a_resent_code_voids_the_one_before() {
    let app = alone();
    let client = app.client_of(rosa(&app));
    let body = json!({"verification_type": "email_verification"});
    client.post(SEND, body.clone()).is(200);
    let first = code_sent_to(&app, "rosa@example.com");
    client.post("/api/profiles/verification/code/resend/", body.clone()).is(200);
    let second = code_sent_to(&app, "rosa@example.com");
    assert_eq!(client.get(STATUS).is(200)["active_verifications"].as_array().unwrap().len(), 1);
    if first != second {
        app.anonymous().post(CONFIRM, json!({"code": first, "email": "rosa@example.com"})).is(400);
    }
    app.anonymous().post(CONFIRM, json!({"code": second, "email": "rosa@example.com"})).is(200);
    for _ in 0..3 {
        client.post(SEND, body.clone()).is(200);
    }
    assert_eq!(client.post(SEND, body).is(429)["code"], "throttled");
}

#[test]
fn strangers_learn_nothing_about_an_address() {
    let app = alone();
    rosa(&app);
    let proved = person(&app, "jose", "José", "Ñáñez");
    app.write(move |tx| {
        let sql = "UPDATE users SET email_verified_at = created_at WHERE id = ?";
        Ok(tx.execute(sql, &platform::params![proved])?)
    });
    app.anonymous().post(PUBLIC, json!({})).is(400).complains_about(&["target_email"]);
    let ask = |email: &str| {
        let body = json!({"verification_type": "email_verification", "target_email": email});
        app.anonymous().post(PUBLIC, body).is(200).json
    };
    let unknown = ask("nadie@example.com");
    assert_eq!(ask("jose@example.com"), unknown);
    assert_eq!(ask("rosa@example.com"), unknown);
    assert_eq!(app.outbox().len(), 1);
    let code = code_sent_to(&app, "rosa@example.com");
    let told = |email: &str, code: &str| {
        let refused = app.anonymous().post(CONFIRM, json!({"code": code, "email": email})).is(400);
        (refused["error"].clone(), refused["code"].clone())
    };
    assert_eq!(told("nadie@example.com", &code), told("rosa@example.com", &other_than(&code)));
    app.anonymous().post(CONFIRM, json!({"code": code, "email": "rosa@example.com"})).is(200);
}
