use serde_json::{Value as Json, json};
use testkit::TestApp;

use super::builders::{
    DOOR, PASSWORD, alone, alone_with, bearer, code_sent_to, log_in, other_than, person, rosa,
};

const ASK: &str = "/api/profiles/password/reset/";
const CONFIRM: &str = "/api/profiles/password/reset/confirm/";
const NEW: &str = "tres tristes tigres";

fn body(code: &str) -> Json {
    json!({ "code": code, "email": "rosa@example.com", "new_password": NEW, "new_password_confirm": NEW })
}

fn asked(app: &TestApp) -> String {
    app.anonymous().post(ASK, json!({"email": "ROSA@example.com"})).is(200);
    code_sent_to(app, "rosa@example.com")
}

#[test]
fn what_is_no_address_is_named() {
    let app = alone();
    for body in [
        json!({}),
        json!({"email": ""}),
        json!({"email": null}),
        json!({"email": "rosa"}),
        json!({"email": ["rosa@example.com"]}),
        json!({"email": "rosa@example.com\r\nBcc: otro@example.com"}),
        json!({"email": format!("{}@example.com", "a".repeat(300))}),
    ] {
        app.anonymous().post(ASK, body).is(400).complains_about(&["email"]);
    }
    assert!(app.outbox().is_empty());
}

#[test]
fn known_unknown_and_inactive_addresses_are_answered_alike() {
    let app = alone();
    let id = person(&app, "jose", "José", "Ñáñez");
    app.superuser().post(&format!("/api/architect/users/{id}/deactivate/"), json!({})).is(200);
    rosa(&app);
    let mut answers = Vec::new();
    for email in ["nadie@example.com", "jose@example.com", "rosa@example.com"] {
        let answer = app.anonymous().post(ASK, json!({"email": email})).is(200);
        assert_eq!(answer["expires_at"], "2026-03-02T15:15:00Z");
        answers.push(answer.json);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[1], answers[2]);
    assert!(answers[0]["code"].is_null());
    let to: Vec<String> = app.outbox().into_iter().map(|letter| letter.to).collect();
    assert_eq!(to, ["rosa@example.com"]);
}

#[test]
fn the_message_says_what_it_is_for_and_where_to_go() {
    let app = alone_with(&[("FRONTEND_URL", "https://clinica.example/")]);
    rosa(&app);
    let code = asked(&app);
    let letter = app.outbox().pop().unwrap();
    assert_eq!(letter.subject, "Recupera tu contraseña");
    assert!(letter.text.starts_with("Hola, Rosa Quispe:"), "{}", letter.text);
    let link =
        format!("https://clinica.example/reset-password?code={code}&email=rosa%40example.com");
    assert!(letter.text.contains(&link), "{}", letter.text);
    assert!(letter.html.contains(&code) && letter.text.contains("15 minutos"));
    app.anonymous()
        .with("accept-language", "en")
        .post(ASK, json!({"email": "rosa@example.com"}))
        .is(200);
    assert_eq!(app.outbox().pop().unwrap().subject, "Reset your password");
    let stored = app.read(|conn| {
        Ok(conn.rows("SELECT code FROM users_verification_code", &[], |row| row.at::<String>(0))?)
    });
    assert!(!stored.concat().contains(&code), "codes are stored hashed");
}

#[test]
fn what_cannot_be_is_named_and_costs_no_attempt() {
    let app = alone();
    rosa(&app);
    let code = asked(&app);
    app.anonymous().post(CONFIRM, json!({})).is(400).complains_about(&[
        "code",
        "new_password",
        "new_password_confirm",
    ]);
    for (change, field) in [
        (json!({"code": "12345"}), "code"),
        (json!({"code": "12345a"}), "code"),
        (json!({"code": {"a": 1}}), "code"),
        (json!({"email": "rosa"}), "email"),
        (json!({"new_password": "corta", "new_password_confirm": "corta"}), "new_password"),
        (json!({"new_password_confirm": "otra"}), "non_field_errors"),
        (
            json!({"new_password": "rosa@example.com", "new_password_confirm": "rosa@example.com"}),
            "new_password",
        ),
    ] {
        let mut wrong = body(&code);
        wrong.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        app.anonymous().post(CONFIRM, wrong).is(400).complains_about(&[field]);
    }
    log_in(&app, "rosa", PASSWORD).is(200);
    // Not even the password that is too like the account spent the code.
    app.anonymous().post(CONFIRM, body(&code)).is(200);
}

#[test]
fn a_code_sets_a_password_once_and_ends_all_log_ins() {
    let app = alone();
    rosa(&app);
    let before = log_in(&app, "rosa", PASSWORD).is(200);
    let code = asked(&app);
    assert!(app.anonymous().post(CONFIRM, body(&code)).is(200)["message"].is_string());
    bearer(&app, &before["access"]).get(DOOR).is(401);
    log_in(&app, "rosa", PASSWORD).is(401);
    log_in(&app, "rosa", NEW).is(200);
    assert_eq!(app.anonymous().post(CONFIRM, body(&code)).is(400)["code"], "invalid_code");
}

#[test]
fn a_code_alone_is_enough_while_it_is_one_accounts_only() {
    let app = alone();
    rosa(&app);
    let code = asked(&app);
    let mut body = body(&code);
    body.as_object_mut().unwrap().remove("email");
    app.anonymous().post(CONFIRM, body.clone()).is(200);
    app.anonymous().post(CONFIRM, body).is(400);
    log_in(&app, "rosa", NEW).is(200);
}

#[test]
fn guessing_codes_alone_ends_for_the_whole_installation() {
    let app = alone();
    rosa(&app);
    let code = asked(&app);
    let mut guess = body(&other_than(&code));
    guess.as_object_mut().unwrap().remove("email");
    for _ in 0..30 {
        assert_eq!(app.anonymous().post(CONFIRM, guess.clone()).is(400)["code"], "invalid_code");
    }
    // This client has had its share of attempts.
    assert_eq!(app.anonymous().post(CONFIRM, guess).is(429)["code"], "throttled");
    app.advance(chrono::Duration::minutes(16));
    log_in(&app, "rosa", PASSWORD).is(200);
}

#[test]
fn expired_spent_replaced_and_wrong_codes_say_the_same() {
    let app = alone();
    rosa(&app);
    let unknown = |email: &str| {
        let mut body = body("123456");
        body["email"] = json!(email);
        let refused = app.anonymous().post(CONFIRM, body).is(400);
        (refused["error"].clone(), refused["code"].clone())
    };
    let nobody = unknown("nadie@example.com");
    assert_eq!(unknown("rosa@example.com"), nobody, "no code was asked for");
    let first = asked(&app);
    let second = asked(&app);
    let told = |code: &str| {
        let refused = app.anonymous().post(CONFIRM, body(code)).is(400);
        (refused["error"].clone(), refused["code"].clone())
    };
    if first != second {
        assert_eq!(told(&first), nobody, "the code before is void");
    }
    app.advance(chrono::Duration::minutes(15));
    assert_eq!(told(&second), nobody, "its time is over");
    log_in(&app, "rosa", PASSWORD).is(200);
}

#[test]
fn three_wrong_attempts_lock_even_the_right_code_and_new_ones() {
    let app = alone();
    rosa(&app);
    let code = asked(&app);
    let wrong = other_than(&code);
    for _ in 0..3 {
        assert_eq!(app.anonymous().post(CONFIRM, body(&wrong)).is(400)["code"], "invalid_code");
    }
    app.anonymous().post(CONFIRM, body(&code)).is(400);
    // The answer is the same as ever; but nothing is sent.
    app.anonymous().post(ASK, json!({"email": "rosa@example.com"})).is(200);
    assert_eq!(app.outbox().len(), 1);
    app.advance(chrono::Duration::minutes(16));
    let code = asked(&app);
    app.anonymous().post(CONFIRM, body(&code)).is(200);
}

#[test]
fn messages_are_limited_whether_there_is_an_account_or_not() {
    let app = alone();
    rosa(&app);
    for email in ["rosa@example.com", "nadie@example.com"] {
        for _ in 0..5 {
            app.anonymous().post(ASK, json!({"email": email})).is(200);
        }
        let refused = app.anonymous().post(ASK, json!({"email": email.to_uppercase()})).is(429);
        assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    }
    assert_eq!(app.outbox().len(), 5);
}

#[test]
fn of_two_uses_of_one_code_at_once_one_counts() {
    let app = alone();
    rosa(&app);
    let code = asked(&app);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| app.anonymous().post(CONFIRM, body(&code)).status))
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 3, "{statuses:?}");
}

#[test]
fn the_code_is_in_the_answer_only_in_development_and_when_asked_for() {
    let shown = alone_with(&[("VERIFICATION_CODE_IN_RESPONSE", "True")]);
    rosa(&shown);
    let answer = shown.anonymous().post(ASK, json!({"email": "rosa@example.com"})).is(200);
    shown.anonymous().post(CONFIRM, body(answer["code"].as_str().unwrap())).is(200);
    let production = alone_with(&[
        ("DEBUG", "False"),
        ("ALLOW_SQLITE", "True"),
        ("SECRET_KEY", "k3Jx9-Qw7_Zr2Lp8Vb5Nc1Mh6Gt4Fd0Sa"),
        ("SECURE_SSL_REDIRECT", "False"),
        ("VERIFICATION_CODE_IN_RESPONSE", "True"),
    ]);
    rosa(&production);
    let answer = production.anonymous().post(ASK, json!({"email": "rosa@example.com"})).is(200);
    assert!(answer["code"].is_null());
    assert_eq!(production.outbox().len(), 1);
}
