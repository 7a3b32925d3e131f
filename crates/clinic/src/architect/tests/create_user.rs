use serde_json::json;

use super::builders::{USERS, body, body_with, manager, role};
use crate::tests::builders::{app, client_with};

const LOGIN: &str = "/api/architect/auth/login/";

#[test]
fn a_stranger_and_somebody_without_the_permission_may_not() {
    let app = app();
    app.anonymous().post(USERS, body("ana")).is(401);
    client_with(&app, "reader", &["roles.manage"]).post(USERS, body("ana")).is(403);
    assert_eq!(app.number("SELECT COUNT(*) FROM users WHERE user_name = 'ana'"), 0);
}

#[test]
fn what_cannot_be_is_refused_by_field_and_nothing_is_written() {
    let app = app();
    let admin = app.superuser();
    admin.post(USERS, json!({})).is(400).complains_about(&["user_name", "email"]);
    for (change, field) in [
        (json!({"email": "ana"}), "email"),
        (json!({"email": "a".repeat(250) + "@b.pe"}), "email"),
        (json!({"user_name": "x".repeat(51)}), "user_name"),
        (json!({"user_name": "an\u{0}a"}), "user_name"),
        (json!({"user_name": ["ana"]}), "user_name"),
        (json!({"phone": "123"}), "phone"),
        (json!({"document_number": "1".repeat(21)}), "document_number"),
        (json!({"account_statement": "X"}), "account_statement"),
        (json!({"sex": "Z"}), "sex"),
        (json!({"is_active": "perhaps"}), "is_active"),
        (json!({"document_type": 999_999}), "document_type"),
        (json!({"country": "x"}), "country"),
        (json!({"password": "corta"}), "password"),
        (json!({"password": 12_345_678}), "password"),
        (json!({"password_confirm": "otra-clave-larga"}), "password_confirm"),
        (json!({"roles": "x"}), "roles"),
        (json!({"roles": {"a": 1}}), "roles"),
        (json!({"roles": [1, "x"]}), "roles"),
        (json!({"roles": [999_999]}), "roles"),
        (json!({"role": true}), "role"),
    ] {
        let answer = admin.post(USERS, body_with("ana", change.clone()));
        assert_eq!(answer.status, 400, "{change}: {}", answer.text);
        answer.complains_about(&[field]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM users WHERE user_name = 'ana'"), 0);
    assert_eq!(app.number("SELECT COUNT(*) FROM user_has_roles"), 0);
}

#[test]
fn what_another_user_has_is_told_by_field_whatever_its_case() {
    let app = app();
    let admin = app.superuser();
    admin.post(USERS, body_with("ana", json!({"document_number": "45678901"}))).is(201);
    for (change, field) in [
        (json!({"email": "ANA@Example.com"}), "email"),
        (json!({"user_name": "Ána"}), "user_name"),
        (json!({"document_number": "45678901"}), "document_number"),
    ] {
        let twice = admin.post(USERS, body_with("eva", change)).is(400);
        twice.complains_about(&[field]);
        assert!(twice[field][0].as_str().unwrap().contains("ya está registrado"));
    }
    // Two users without a document are two users.
    admin.post(USERS, body_with("eva", json!({"document_number": ""}))).is(201);
    admin.post(USERS, body_with("luz", json!({"document_number": null}))).is(201);
}

#[test]
fn a_made_user_is_answered_whole_and_logs_in() {
    let app = app();
    let role = role(&app, "Caja", &["tickets.view"]);
    let sent = json!({"first_name": "Ana", "last_name": "Quispe", "maternal_lastname": "Flores", "phone": "+51 987 654",
        "document_number": "45678901", "is_staff": false, "is_superuser": false, "role": role});
    let made = app.superuser().post(USERS, body_with("ana", sent)).is(201);
    for (key, value) in [
        ("user_name", json!("ana")),
        ("username", json!("ana")),
        ("email", json!("ana@example.com")),
        ("name", json!("Ana")),
        ("paternal_lastname", json!("Quispe")),
        ("full_name", json!("Ana Quispe Flores")),
        ("last_name", json!("Quispe Flores")),
        ("account_statement", json!("A")),
        ("is_active", json!(true)),
        ("is_staff", json!(false)),
        ("role", json!(role)),
        ("roles", json!([{"id": role, "name": "Caja"}])),
        ("created_at", json!("2026-03-02T15:00:00Z")),
        ("deleted_at", json!(null)),
    ] {
        assert_eq!(made[key], value, "{key}");
    }
    assert!(!made.text.contains("una-clave-larga") && !made.text.contains("argon2"));
    let pair = app.anonymous().post(LOGIN, json!({"email": "ana", "password": "una-clave-larga"}));
    assert_eq!(pair.is(200)["user_id"], made["id"]);
}

#[test]
fn a_user_without_a_password_cannot_log_in() {
    let app = app();
    let mut body = body("ana");
    body.as_object_mut().unwrap().remove("password");
    app.superuser().post(USERS, body).is(201);
    app.anonymous().post(LOGIN, json!({"email": "ana", "password": "!"})).is(401);
}

#[test]
fn nobody_gives_what_he_has_not() {
    let app = app();
    let (small, big) =
        (role(&app, "Mira", &["therapists.view"]), role(&app, "Cobra", &["tickets.view"]));
    let manager = manager(&app);
    for flag in ["is_staff", "is_superuser"] {
        let refused = manager.post(USERS, body_with("ana", json!({ flag: true }))).is(403);
        assert_eq!(refused["code"], "superuser_only");
    }
    let refused = manager.post(USERS, body_with("ana", json!({"roles": [small, big]}))).is(403);
    assert_eq!(refused["code"], "beyond_own_powers");
    assert_eq!(app.number("SELECT COUNT(*) FROM users WHERE user_name = 'ana'"), 0);
    manager.post(USERS, body_with("ana", json!({"roles": [small], "is_staff": false}))).is(201);
    let admin = app.superuser();
    let staff = json!({"is_staff": true, "is_superuser": true, "roles": [big]});
    assert_eq!(admin.post(USERS, body_with("eva", staff)).is(201)["is_superuser"], true);
}

#[test]
fn changes_without_an_id_say_that_one_is_needed() {
    let app = app();
    let admin = app.superuser();
    for answer in [admin.put(USERS, json!({})), admin.patch(USERS, json!({})), admin.delete(USERS)]
    {
        assert!(answer.is(400)["error"].is_string());
    }
}
