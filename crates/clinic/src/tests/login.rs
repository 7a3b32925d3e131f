//! Log-in: tokens, HTTP Basic, registration, limits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use platform::auth::password;
use platform::params;
use serde_json::json;
use testkit::TestApp;

use super::builders::app;
use crate::PROGRAM;
use crate::profiles::{self, NewUser};

const LOGIN: &str = "/api/architect/auth/login/";
const REFRESH: &str = "/api/architect/auth/token/refresh/";
const VERIFY: &str = "/api/architect/auth/token/verify/";
const LOGOUT: &str = "/api/architect/auth/logout/";
const REGISTER: &str = "/api/architect/auth/register/";
/// A route that everybody who is logged in may read.
const DOOR: &str = "/api/therapists/";

fn user(app: &TestApp, hash: String) -> i64 {
    app.write(move |tx| {
        let user = NewUser {
            email: "Rosa@Example.com".into(),
            user_name: "rosa".into(),
            password_hash: hash.clone(),
            ..NewUser::default()
        };
        profiles::create_user(tx, &user)
    })
}

fn rosa(app: &TestApp) -> i64 {
    user(app, password::hash("una-clave-larga").unwrap())
}

fn bearer<'a>(app: &'a TestApp, token: &serde_json::Value) -> testkit::Client<'a> {
    app.anonymous().with("authorization", &format!("Bearer {}", token.as_str().unwrap()))
}

#[test]
fn what_is_missing_is_named() {
    let app = app();
    app.anonymous().post(LOGIN, json!({})).is(400).complains_about(&["email", "password"]);
    app.anonymous()
        .post(LOGIN, json!({"email": "", "password": null}))
        .is(400)
        .complains_about(&["email", "password"]);
    app.anonymous().get(LOGIN).is(405);
}

#[test]
fn wrong_unknown_and_inactive_say_the_same() {
    let app = app();
    let id = rosa(&app);
    let attempt = |email: &str, password: &str| {
        let refused =
            app.anonymous().post(LOGIN, json!({"email": email, "password": password})).is(401);
        (refused["detail"].clone(), refused["code"].clone())
    };
    let wrong = attempt("rosa@example.com", "otra");
    assert_eq!(attempt("nadie@example.com", "otra"), wrong);
    app.write(move |tx| {
        Ok(tx.execute("UPDATE users SET is_active = 0 WHERE id = ?", &params![id])?)
    });
    assert_eq!(attempt("rosa@example.com", "una-clave-larga"), wrong);
}

#[test]
fn a_log_in_opens_doors_until_its_token_expires() {
    let app = app();
    let id = rosa(&app);
    let stale = app.anonymous().with("authorization", "Bearer stale");
    let pair = stale
        .post(LOGIN, json!({"email": "ROSA@example.com", "password": "una-clave-larga"}))
        .is(200);
    assert_eq!((&pair["user_id"], &pair["email"]), (&json!(id), &json!("Rosa@example.com")));
    bearer(&app, &pair["access"]).get(DOOR).is(200);
    assert_eq!(bearer(&app, &pair["refresh"]).get(DOOR).is(401)["code"], "token_not_valid");
    app.anonymous().post(VERIFY, json!({"token": pair["access"]})).is(200);
    app.anonymous().post(LOGIN, json!({"email": "rosa", "password": "una-clave-larga"})).is(200);
    app.advance(chrono::Duration::minutes(1441));
    let refused = bearer(&app, &pair["access"]).get(DOOR).is(401);
    assert_eq!(refused["messages"][0]["token_type"], "access");
    app.anonymous().post(VERIFY, json!({"token": pair["access"]})).is(401);
}

#[test]
fn a_refresh_token_is_good_once_and_its_second_use_ends_the_log_in() {
    let app = app();
    rosa(&app);
    let first = app
        .anonymous()
        .post(LOGIN, json!({"email": "rosa", "password": "una-clave-larga"}))
        .is(200);
    let second = app.anonymous().post(REFRESH, json!({"refresh": first["refresh"]})).is(200);
    bearer(&app, &second["access"]).get(DOOR).is(200);
    assert_eq!(
        app.anonymous().post(REFRESH, json!({"refresh": first["refresh"]})).is(401)["code"],
        "token_not_valid"
    );
    bearer(&app, &second["access"]).get(DOOR).is(401);
    app.anonymous().post(REFRESH, json!({"refresh": second["refresh"]})).is(401);
    app.anonymous().post(REFRESH, json!({"refresh": first["access"]})).is(401);
    app.anonymous().post(REFRESH, json!({})).is(400).complains_about(&["refresh"]);
}

#[test]
fn log_out_ends_this_log_in_at_once_and_no_other() {
    let app = app();
    rosa(&app);
    let log_in = || {
        app.anonymous().post(LOGIN, json!({"email": "rosa", "password": "una-clave-larga"})).is(200)
    };
    let (here, there) = (log_in(), log_in());
    bearer(&app, &here["access"]).get(DOOR).is(200);
    bearer(&app, &here["access"]).post(LOGOUT, json!({})).is(200);
    bearer(&app, &here["access"]).get(DOOR).is(401);
    app.anonymous().post(REFRESH, json!({"refresh": here["refresh"]})).is(401);
    bearer(&app, &there["access"]).get(DOOR).is(200);
    bearer(&app, &there["access"]).delete(LOGOUT).is(200);
    bearer(&app, &there["access"]).get(DOOR).is(401);
}

#[test]
fn the_old_programs_hash_is_verified_and_replaced() {
    let app = app();
    // PBKDF2-HMAC-SHA256 of "s3creto-Clave", 1000 rounds, as the old program stores it.
    let stored =
        "pbkdf2_sha256$1000$salt1234salt1234salt12$Sas91pz1VIkArjTH3sGYtZyoJluaadWB7cP+z/BkJ2Q="
            .to_owned();
    let id = user(&app, stored);
    app.anonymous().post(LOGIN, json!({"email": "rosa", "password": "s3creto-Clave"})).is(200);
    let hash = app.read(move |conn| {
        Ok(conn.one::<String>("SELECT password FROM users WHERE id = ?", &params![id])?)
    });
    assert!(hash.starts_with("$argon2id$"), "{hash}");
    app.anonymous().post(LOGIN, json!({"email": "rosa", "password": "s3creto-Clave"})).is(200);
}

#[test]
fn basic_works_with_the_email_and_ends_with_the_account() {
    let app = app();
    let id = rosa(&app);
    let basic = |text: &str| {
        app.anonymous().with("authorization", &format!("Basic {}", STANDARD.encode(text)))
    };
    for _ in 0..2 {
        basic("rosa@example.com:una-clave-larga").get(DOOR).is(200);
    }
    basic("rosa@example.com:otra").get(DOOR).is(401);
    basic("no colon").get(DOOR).is(401);
    app.anonymous().with("authorization", "Basic ???").get(DOOR).is(401);
    app.write(move |tx| {
        tx.execute("UPDATE users SET is_active = 0 WHERE id = ?", &params![id])?;
        tx.identities_changed();
        Ok(())
    });
    basic("rosa@example.com:una-clave-larga").get(DOOR).is(401);
}

#[test]
fn a_raised_epoch_ends_older_tokens_on_the_next_request() {
    let app = app();
    let id = rosa(&app);
    let client = app.client_of(id);
    client.get(DOOR).is(200);
    app.write(move |tx| {
        tx.execute("UPDATE users SET auth_epoch = auth_epoch + 1 WHERE id = ?", &params![id])?;
        tx.identities_changed();
        Ok(())
    });
    client.get(DOOR).is(401);
}

#[test]
fn too_many_failures_close_the_account_for_that_address_until_time_passes() {
    let app = TestApp::start_with(PROGRAM, &[("LOGIN_ATTEMPTS", "3"), ("REDIS_URL", "")]);
    rosa(&app);
    let attempt = |password: &str| {
        app.anonymous().post(LOGIN, json!({"email": "rosa", "password": password}))
    };
    for _ in 0..3 {
        attempt("otra").is(401);
    }
    let refused = attempt("una-clave-larga").is(429);
    assert_eq!(refused["code"], "throttled");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    app.anonymous().post(LOGIN, json!({"email": "otro", "password": "x"})).is(401);
}

#[test]
fn anybody_registers_only_where_that_is_allowed_and_gets_no_role() {
    let closed = TestApp::start_with(PROGRAM, &[("ALLOW_REGISTRATION", "False")]);
    closed.anonymous().post(REGISTER, json!({})).is(403);
    let app = TestApp::start_with(PROGRAM, &[("ALLOW_REGISTRATION", "True")]);
    app.anonymous().post(REGISTER, json!({})).is(400).complains_about(&[
        "user_name",
        "email",
        "password",
        "password_confirm",
    ]);
    let body = |change: serde_json::Value| {
        let mut body = json!({"user_name": "eva", "email": "eva@example.com", "password": "clave-larga-1", "password_confirm": "clave-larga-1"});
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        body
    };
    for (change, fields) in [
        (json!({"email": "eva"}), vec!["email"]),
        (json!({"user_name": "x".repeat(51)}), vec!["user_name"]),
        (json!({"password": "corta", "password_confirm": "corta"}), vec!["password"]),
        (json!({"password": "password123", "password_confirm": "password123"}), vec!["password"]),
        (json!({"password": "1234567890", "password_confirm": "1234567890"}), vec!["password"]),
        (json!({"password_confirm": "otra-clave"}), vec!["password_confirm"]),
        (json!({"phone": "123"}), vec!["phone"]),
    ] {
        app.anonymous().post(REGISTER, body(change)).is(400).complains_about(&fields);
    }
    app.anonymous().post(REGISTER, body(json!({}))).is(201);
    app.anonymous()
        .post(REGISTER, body(json!({"user_name": "otra"})))
        .is(400)
        .complains_about(&["email"]);
    app.anonymous()
        .post(REGISTER, body(json!({"email": "otra@example.com", "user_name": "EVA"})))
        .is(400)
        .complains_about(&["user_name"]);
    // Two people without a document are two people.
    app.anonymous()
        .post(REGISTER, body(json!({"email": "otra@example.com", "user_name": "otra"})))
        .is(201);
    let pair = app
        .anonymous()
        .post(LOGIN, json!({"email": "eva@example.com", "password": "clave-larga-1"}))
        .is(200);
    bearer(&app, &pair["access"]).get("/api/patients/patients/").is(403);
}

#[test]
fn of_two_registrations_with_one_address_at_once_one_counts() {
    let app = TestApp::start_with(PROGRAM, &[("ALLOW_REGISTRATION", "True")]);
    let attempt = |number: usize| {
        let body = json!({"user_name": format!("eva{number}"), "email": "eva@example.com",
            "password": "clave-larga-1", "password_confirm": "clave-larga-1"});
        app.anonymous().post(REGISTER, body)
    };
    let replies: Vec<testkit::Reply> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4).map(|number| scope.spawn(move || attempt(number))).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    for reply in replies.into_iter().filter(|reply| reply.status != 201) {
        reply.is(400).complains_about(&["email"]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM users"), 1);
}
