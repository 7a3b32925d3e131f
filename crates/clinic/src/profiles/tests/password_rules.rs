use serde_json::json;

use crate::tests::builders::app;

const STRENGTH: &str = "/api/profiles/password/strength/";

#[test]
fn a_weak_password_is_told_all_its_weaknesses() {
    let app = app();
    app.anonymous().post(STRENGTH, json!({})).is(400).complains_about(&["password"]);
    app.anonymous().post(STRENGTH, json!({"password": 1})).is(400).complains_about(&["password"]);
    let weak = app.anonymous().post(STRENGTH, json!({"password": "1234567"})).is(400);
    assert_eq!(weak["is_strong"], false);
    assert!(weak["message"].is_string());
    assert_eq!(weak["errors"]["password"].as_array().unwrap().len(), 2);
    assert_eq!(weak["password"], weak["errors"]["password"]);
    let endless = json!({"password": "a1".repeat(100_000)});
    app.anonymous().post(STRENGTH, endless).is(400);
}

#[test]
fn a_strong_one_is_told_so() {
    let app = app();
    let strong = app.anonymous().post(STRENGTH, json!({"password": "tres tristes tigres"})).is(200);
    assert_eq!(strong["is_strong"], true);
}

#[test]
fn the_policy_says_what_is_asked_for_in_the_callers_language() {
    let app = app();
    let path = "/api/profiles/password/policy/";
    let policy = app.anonymous().with("authorization", "Bearer stale").get(path).is(200);
    assert_eq!(policy["min_length"], 8);
    assert_eq!(policy["requirements"][0], "Tiene al menos 8 caracteres.");
    let english = app.anonymous().with("accept-language", "en").get(path).is(200);
    assert_eq!(english["requirements"][0], "It has at least 8 characters.");
}
