//! A user who logs in, in one line.

use platform::auth::password;
use serde_json::{Value as Json, json};
use testkit::{Client, Reply, TestApp};

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
