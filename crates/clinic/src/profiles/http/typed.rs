//! What bodies about codes say, and what is answered about a code that was not the one.

use chrono::Duration;
use platform::app::App;
use platform::auth::code::is_code;
use platform::error::{Error, FieldError, Kind, Refusal, Result};
use platform::http::fields::is_email;
use platform::http::{Body, Caller};
use platform::i18n::Text;
use serde_json::Value as Json;

use crate::profiles::service::codes::Typed;

/// The window in which messages and attempts are counted.
const WINDOW: Duration = Duration::minutes(15);
/// Messages that one account, or one address typed, is sent in the window.
const MESSAGES: u64 = 5;
/// Messages and attempts of one client address in the window; a whole clinic may be behind it.
const PER_CLIENT: u64 = 30;
/// Codes without an address that the whole installation takes in the window: with a million codes and a few that are
/// live, guessing must stay hopeless however many addresses the guesser has.
const ALONE: u64 = 30;
/// Longest address.
const EMAIL_MAX: usize = 254;

fn text(body: &Body, name: &'static str) -> Result<String> {
    match body.0.get(name) {
        Some(Json::Number(number)) => Ok(number.to_string()),
        _ => Ok(body.raw_text(name)?.trim().to_owned()),
    }
}

/// An address that must be there.
pub(super) fn email(body: &Body, name: &'static str) -> Result<String> {
    let email = text(body, name)?;
    if email.chars().count() > EMAIL_MAX {
        let message = Text::key("error.max_length").with("max", EMAIL_MAX);
        return Err(Refusal::field(name, "max_length", message).into());
    }
    if !is_email(&email) {
        return Err(Refusal::field(name, "invalid", Text::key("error.email")).into());
    }
    Ok(email)
}

/// An address that may be there, under any of these names.
pub(super) fn optional_email(body: &Body, names: &[&'static str]) -> Result<Option<String>> {
    for name in names {
        match body.0.get(*name) {
            None | Some(Json::Null) => {}
            Some(Json::String(blank)) if blank.trim().is_empty() => {}
            Some(_) => return email(body, name).map(Some),
        }
    }
    Ok(None)
}

/// A code of six digits.
pub(super) fn code(body: &Body) -> Result<String> {
    let code = text(body, "code")?;
    if is_code(&code) {
        return Ok(code);
    }
    Err(Refusal::field("code", "invalid", Text::key("profiles.code_form")).into())
}

/// Counts a message that somebody asks for himself.
pub(super) async fn may_send(app: &App, user: i64) -> Result<()> {
    app.throttle().spend("code", &user.to_string(), MESSAGES, WINDOW).await
}

/// Counts a message that anybody asks for, whether there is such an account or not.
pub(super) async fn may_send_to(app: &App, caller: &Caller, what: &str, email: &str) -> Result<()> {
    let what = format!("code:{what}");
    app.throttle().spend(&what, &caller.address().to_string(), PER_CLIENT, WINDOW).await?;
    app.throttle().spend(&what, &platform::types::fold(email), MESSAGES, WINDOW).await
}

/// Counts an attempt by somebody who is not logged in.
pub(super) async fn may_try(app: &App, caller: &Caller, email: Option<&str>) -> Result<()> {
    let address = caller.address().to_string();
    app.throttle().spend("code:try", &address, PER_CLIENT, WINDOW).await?;
    if email.is_none() && app.cache().count("code:alone", WINDOW).await > ALONE {
        let message = Text::key("profiles.email_needed");
        let complaint = FieldError { field: "email".into(), code: "required", message };
        return Err(Refusal::fields(vec![complaint]).into());
    }
    Ok(())
}

/// The refusal for one's own code; `None` if it was the one.
pub(super) fn refusal(typed: &Typed) -> Option<Error> {
    let (code, key) = match typed {
        Typed::Right(_) => return None,
        Typed::Wrong => ("invalid_code", "profiles.code_invalid"),
        Typed::Expired => ("code_expired", "profiles.code_expired"),
        Typed::Locked => ("too_many_attempts", "profiles.code_locked"),
    };
    Some(Refusal::new(Kind::Invalid, code, Text::key(key)).into())
}

/// The same for a stranger, who must not learn whether there is an account: always the same words.
pub(super) fn public_refusal(typed: &Typed) -> Option<Error> {
    let text = || Text::key("profiles.code_invalid_public");
    match typed {
        Typed::Right(_) => None,
        _ => Some(Refusal::new(Kind::Invalid, "invalid_code", text()).into()),
    }
}
