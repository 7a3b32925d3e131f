//! The two cookies of a signed-in browser: the session, and the form token that scripts may read.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use chrono::Duration;

use crate::app::App;
use crate::auth::session::{COOKIE, CSRF_COOKIE, NewSession};

/// Gives a browser its new session.
pub(super) fn begin(app: &App, response: &mut Response, session: &NewSession) {
    let age = app.config().auth.session_age;
    set(app, response, COOKIE, &session.token, age);
    set(app, response, CSRF_COOKIE, &session.csrf_token, age);
}

/// Takes both away.
pub(super) fn end(app: &App, response: &mut Response) {
    set(app, response, COOKIE, "", Duration::zero());
    set(app, response, CSRF_COOKIE, "", Duration::zero());
}

/// Gives a browser the form token of somebody who is not signed in.
pub(super) fn form_token(app: &App, response: &mut Response, token: &str) {
    set(app, response, CSRF_COOKIE, token, app.config().auth.session_age);
}

fn set(app: &App, response: &mut Response, name: &str, value: &str, age: Duration) {
    let security = &app.config().security;
    let (is_secure, is_hidden) = if name == COOKIE {
        (security.session_cookie_secure, security.session_cookie_httponly)
    } else {
        (security.csrf_cookie_secure, false)
    };
    let secure = if is_secure { "; Secure" } else { "" };
    let hidden = if is_hidden { "; HttpOnly" } else { "" };
    let seconds = age.num_seconds();
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax{hidden}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
