//! Handlers of one's own password, and of what a password must be.

use axum::extract::State;
use platform::app::App;
use platform::auth::password::{MAX_LENGTH, Verdict};
use platform::auth::strength::{MIN_LENGTH, Weakness, resembles, weaknesses};
use platform::error::{FieldError, Refusal, Result};
use platform::http::{Answer, Body, Caller, Complaints, json, message, sentence};
use platform::i18n::Text;
use platform::types::time::WireMoment;
use serde_json::json as object;

use super::bodies::{PasswordHistoryView, PolicyView, StrengthView};
use super::me::own_id;
use crate::profiles::queries::profiles as queries;
use crate::profiles::service;

/// What a new password must be, as sentences.
const REQUIREMENTS: &[&str] = &[
    "profiles.policy.length",
    "profiles.policy.longest",
    "profiles.policy.numeric",
    "profiles.policy.common",
    "profiles.policy.personal",
    "profiles.policy.other",
];

/// A complaint of a field about each weakness.
pub(super) fn complaints(field: &'static str, found: Vec<Weakness>) -> Vec<FieldError> {
    let complaint = |(code, message)| FieldError { field: field.into(), code, message };
    found.into_iter().map(complaint).collect()
}

fn overall(code: &'static str, key: &'static str) -> FieldError {
    FieldError { field: "non_field_errors".into(), code, message: Text::key(key) }
}

/// The new password of a body with `new_password` and `new_password_confirm`; what is wrong is kept in `complaints`.
pub(super) fn new_password(body: &Body, complaints: &mut Complaints) -> Result<Option<String>> {
    let new = complaints.take(body.raw_text("new_password"))?;
    let confirmation = complaints.take(body.raw_text("new_password_confirm"))?;
    if let Some(new) = &new {
        complaints.extend(self::complaints("new_password", weaknesses(new)));
    }
    if let (Some(new), Some(confirmation)) = (&new, &confirmation)
        && new != confirmation
    {
        complaints.extend([overall("password_mismatch", "profiles.password_mismatch")]);
    }
    Ok(new)
}

pub async fn change(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let id = own_id(&caller)?;
    let mut complaints = Complaints::default();
    let current = complaints.take(body.raw_text("current_password"))?;
    let new = new_password(&body, &mut complaints)?;
    let secrets =
        app.db().read(move |conn| queries::secrets(conn, id)?.ok_or_else(service::absent)).await?;
    if let Some(new) = &new {
        let personal = secrets.personal.iter().map(String::as_str);
        complaints.extend(self::complaints(
            "new_password",
            resembles(new, personal).into_iter().collect(),
        ));
    }
    let is_same = current.is_some() && current == new;
    if let Some(current) = current {
        // A stolen session must not become a way to try passwords.
        let (login, address) = (format!("user {id}"), caller.address().to_string());
        app.throttle().check(&login, &address).await?;
        let verdict = app.passwords().verify(current, Some(secrets.hash.clone())).await?;
        if verdict == Verdict::Wrong {
            app.throttle().failed(&login, &address).await;
            let message = Text::key("profiles.wrong_password");
            let field = "current_password".into();
            complaints.extend([FieldError { field, code: "wrong_password", message }]);
        } else {
            app.throttle().succeeded(&login, &address).await;
            if is_same {
                complaints.extend([overall("password_unchanged", "profiles.password_unchanged")]);
            }
        }
    }
    complaints.finish()?;
    let hash = app.passwords().hash(new.unwrap_or_default()).await?;
    let (identities, verified) = (app.identities().clone(), secrets.hash);
    let kept = (caller.family().map(str::to_owned), caller.session());
    app.write(&caller, move |tx| {
        let kept = service::Kept { family: kept.0.as_deref(), session: kept.1 };
        service::change_own_password(tx, identities.accounts(), id, &verified, &hash, kept)
    })
    .await?;
    Ok(message(&app, &caller, 200, "profiles.password_changed"))
}

pub async fn strength(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let found = weaknesses(&body.raw_text("password")?);
    if found.is_empty() {
        let message = sentence(&app, &caller, "profiles.password_strong");
        return Ok(json(200, &StrengthView { message, is_strong: true }));
    }
    let speak = |(_, text): &Weakness| text.speak(app.program().texts, caller.lang());
    let sentences: Vec<String> = found.iter().map(speak).collect();
    let mut refusal = Refusal::fields(complaints("password", found));
    refusal.message = Text::key("profiles.password_weak");
    Err(refusal.with("is_strong", false).with("errors", object!({ "password": sentences })).into())
}

pub async fn policy(State(app): State<App>, caller: Caller) -> Answer {
    let speak = |key: &&'static str| {
        Text::key(key)
            .with("min", MIN_LENGTH)
            .with("max", MAX_LENGTH)
            .speak(app.program().texts, caller.lang())
    };
    Ok(json(
        200,
        &PolicyView {
            message: sentence(&app, &caller, "profiles.policy"),
            requirements: REQUIREMENTS.iter().map(speak).collect(),
            min_length: MIN_LENGTH,
            max_length: MAX_LENGTH,
        },
    ))
}

pub async fn history(State(app): State<App>, caller: Caller) -> Answer {
    let id = own_id(&caller)?;
    let (last, total_changes) =
        app.db().read(move |conn| Ok(queries::password_changes(conn, id)?)).await?;
    Ok(json(
        200,
        &PasswordHistoryView {
            message: sentence(&app, &caller, "profiles.password_history"),
            last_changed: last.map(WireMoment),
            total_changes,
        },
    ))
}
