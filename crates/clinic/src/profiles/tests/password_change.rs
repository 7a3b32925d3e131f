use serde_json::{Value as Json, json};

use super::builders::{DOOR, PASSWORD, alone as app, alone_with, bearer, log_in, rosa};

const PATH: &str = "/api/profiles/password/change/";
const NEW: &str = "tres tristes tigres";

fn body(current: &str, new: &str) -> Json {
    json!({ "current_password": current, "new_password": new, "new_password_confirm": new })
}

#[test]
fn a_stranger_may_not_and_what_is_wrong_is_named_at_once() {
    let app = app();
    app.anonymous().post(PATH, body(PASSWORD, NEW)).is(401);
    let client = app.client_of(rosa(&app));
    client.post(PATH, json!({})).is(400).complains_about(&[
        "current_password",
        "new_password",
        "new_password_confirm",
    ]);
    for (current, new, fields) in [
        ("otra", NEW, vec!["current_password"]),
        (PASSWORD, "corta", vec!["new_password"]),
        (PASSWORD, "123456789", vec!["new_password"]),
        (PASSWORD, "Password123", vec!["new_password"]),
        (PASSWORD, "rosa@example.com", vec!["new_password"]),
        (PASSWORD, PASSWORD, vec!["non_field_errors"]),
        ("otra", "corta", vec!["current_password", "new_password"]),
    ] {
        client.post(PATH, body(current, new)).is(400).complains_about(&fields);
    }
    let mut differ = body(PASSWORD, NEW);
    differ["new_password_confirm"] = json!("tres tristes tigras");
    client.post(PATH, differ).is(400).complains_about(&["non_field_errors"]);
    let mut wrong = body(PASSWORD, NEW);
    wrong["new_password"] = json!(["a"]);
    client.post(PATH, wrong).is(400).complains_about(&["new_password"]);
    log_in(&app, "rosa", PASSWORD).is(200);
}

#[test]
fn a_changed_password_ends_the_other_log_ins_and_not_this_one() {
    let app = app();
    rosa(&app);
    let here = log_in(&app, "rosa", PASSWORD).is(200);
    let there = log_in(&app, "rosa", PASSWORD).is(200);
    let basic = app.anonymous().with("authorization", "Basic cm9zYTp1bmEtY2xhdmUtbGFyZ2E=");
    basic.get(DOOR).is(200);
    bearer(&app, &there["access"]).get(DOOR).is(200);
    bearer(&app, &here["access"]).post(PATH, body(PASSWORD, NEW)).is(200);
    bearer(&app, &here["access"]).get(DOOR).is(200);
    bearer(&app, &there["access"]).get(DOOR).is(401);
    basic.get(DOOR).is(401);
    let refresh = |pair: &testkit::Reply| {
        let body = json!({ "refresh": pair["refresh"] });
        app.anonymous().post("/api/architect/auth/token/refresh/", body)
    };
    refresh(&there).is(401);
    refresh(&here).is(200);
    log_in(&app, "rosa", PASSWORD).is(401);
    log_in(&app, "rosa", NEW).is(200);
}

#[test]
fn a_stolen_session_does_not_try_passwords_for_ever() {
    let app = alone_with(&[("LOGIN_ATTEMPTS", "3")]);
    let client = app.client_of(rosa(&app));
    for _ in 0..3 {
        client.post(PATH, body("otra", NEW)).is(400);
    }
    client.post(PATH, body(PASSWORD, NEW)).is(429);
    app.anonymous().get("/api/profiles/password/policy/").is(200);
}

#[test]
fn the_history_tells_how_often_and_when() {
    let app = app();
    let client = app.client_of(rosa(&app));
    let path = "/api/profiles/password/history/";
    app.anonymous().get(path).is(401);
    let before = client.get(path).is(200);
    assert_eq!((&before["last_changed"], &before["total_changes"]), (&json!(null), &json!(0)));
    app.advance(chrono::Duration::hours(1));
    client.post(PATH, body(PASSWORD, NEW)).is(200);
    client.patch("/api/profiles/users/me/", json!({"phone": "987654321"})).is(200);
    let after = client.get(path).is(200);
    assert_eq!(after["last_changed"], "2026-03-02T16:00:00Z");
    assert_eq!(after["total_changes"], 1);
    let told = app.number("SELECT COUNT(*) FROM history WHERE changes LIKE '%argon2%'");
    assert_eq!(told, 0, "no hash stands in the history");
}
