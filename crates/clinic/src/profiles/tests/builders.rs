//! A user who logs in, in one line.

use platform::auth::password;
use serde_json::{Value as Json, json};
use testkit::{Client, Reply, TestApp};

use crate::PROGRAM;
use crate::profiles::{self, NewUser};

pub(super) const PASSWORD: &str = "una-clave-larga";
/// A route that everybody who is logged in may read.
pub(super) const DOOR: &str = "/api/therapists/";

/// The id of Rosa, who has a password.
pub(super) fn rosa(app: &TestApp) -> i64 {
    person(app, "rosa", "Rosa", "Quispe")
}

/// The id of somebody with a password.
pub(super) fn person(
    app: &TestApp,
    user_name: &'static str,
    name: &'static str,
    surname: &'static str,
) -> i64 {
    let hash = password::hash(PASSWORD).unwrap();
    app.write(move |tx| {
        let user = NewUser {
            email: format!("{user_name}@example.com"),
            user_name: user_name.into(),
            password_hash: hash.clone(),
            name: name.into(),
            paternal_lastname: surname.into(),
            ..NewUser::default()
        };
        profiles::create_user(tx, &user)
    })
}

/// A log-in's answer.
pub(super) fn log_in(app: &TestApp, login: &str, password: &str) -> Reply {
    let body = json!({ "email": login, "password": password });
    app.anonymous().post("/api/architect/auth/login/", body)
}

/// A client with a token.
pub(super) fn bearer<'a>(app: &'a TestApp, token: &Json) -> Client<'a> {
    app.anonymous().with("authorization", &format!("Bearer {}", token.as_str().unwrap()))
}

/// A program that counts messages by itself: counters in a shared Redis would be every test's.
pub(super) fn alone() -> TestApp {
    alone_with(&[])
}

/// The same with settings of its own.
pub(super) fn alone_with(settings: &[(&str, &str)]) -> TestApp {
    TestApp::start_with(PROGRAM, &[&[("REDIS_URL", "")], settings].concat())
}

/// The code in the newest message, which must be to this address.
#[track_caller]
pub(super) fn code_sent_to(app: &TestApp, address: &str) -> String {
    let letter = app.outbox().pop().expect("a message");
    assert_eq!(letter.to, address);
    let code = letter.text.lines().map(str::trim).find(|line| platform::auth::code::is_code(line));
    code.expect("a code").to_owned()
}

/// A code that is not this one.
pub(super) fn other_than(code: &str) -> String {
    if code == "111111" { "222222".to_owned() } else { "111111".to_owned() }
}
