//! Handlers of codes that prove an address.

use axum::extract::State;
use platform::app::App;
use platform::auth::code::draw;
use platform::error::{Error, Refusal, Result};
use platform::http::{Answer, Body, Caller, Complaints, json, message, sentence};
use platform::i18n::Text;
use platform::types::fold;
use platform::types::time::WireMoment;

use super::bodies::{CodeSentView, EmailChangedView, PendingView, StatusView};
use super::me::own_id;
use super::typed;
use crate::profiles::queries::{codes as queries, profiles};
use crate::profiles::service;
use crate::profiles::service::codes::{LIFETIME, Purpose};
use crate::profiles::service::letters::Post;
use crate::profiles::service::proofs::{self, Attempt, Confirmed};

pub async fn send(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let mut complaints = Complaints::default();
    let purpose = complaints.take(purpose(&body))?;
    let target = complaints.take(typed::optional_email(&body, &["target_email"]))?.flatten();
    if purpose == Some(Purpose::NewEmail)
        && target.is_none()
        && !body.0.contains_key("target_email")
    {
        let required = Refusal::field("target_email", "required", Text::key("error.required"));
        complaints.take::<()>(Err(required.into()))?;
    }
    complaints.finish()?;
    match (purpose, target) {
        (Some(Purpose::NewEmail), Some(target)) => {
            let expires_at = begin_change(&app, &caller, "target_email", &target).await?;
            Ok(sent(&app, &caller, expires_at, Some(Purpose::NewEmail), Some(target)))
        }
        (Some(Purpose::NewEmail), None) => {
            Err(Refusal::field("target_email", "blank", Text::key("error.blank")).into())
        }
        _ => {
            let id = own_id(&caller)?;
            typed::may_send(&app, id).await?;
            let (code, post) = (draw()?, Post::new(&app, caller.lang()));
            let (codes, kept) = (app.codes().clone(), code.clone());
            let expires_at = app
                .write(&caller, move |tx| {
                    proofs::send(tx, &codes, &post, id, Purpose::Email, &kept)
                })
                .await?;
            Ok(sent(&app, &caller, (expires_at, code), Some(Purpose::Email), None))
        }
    }
}

fn purpose(body: &Body) -> Result<Purpose> {
    let name = body.raw_text("verification_type")?;
    match name.trim() {
        "email_verification" => Ok(Purpose::Email),
        "email_change" => Ok(Purpose::NewEmail),
        other => {
            let text = Text::key("error.invalid_choice").with("value", other);
            Err(Refusal::field("verification_type", "invalid_choice", text).into())
        }
    }
}

/// Until when a code is good, and the code.
type Sent = (platform::types::time::Moment, String);

/// Sends a code to the address that the caller wants; `field` is blamed for it.
pub(super) async fn begin_change(
    app: &App,
    caller: &Caller,
    field: &'static str,
    address: &str,
) -> Result<Sent> {
    let id = own_id(caller)?;
    let own = caller.identity().map(|identity| fold(&identity.account().email));
    if own == Some(fold(address)) {
        return Err(Refusal::field(field, "unchanged", Text::key("profiles.email_same")).into());
    }
    typed::may_send(app, id).await?;
    let (code, post, codes) = (draw()?, Post::new(app, caller.lang()), app.codes().clone());
    let (kept, address) = (code.clone(), address.to_owned());
    let expires_at = app
        .write(caller, move |tx| {
            proofs::begin_email_change(tx, &codes, &post, id, (field, &address), &kept)
        })
        .await?;
    Ok((expires_at, code))
}

/// The answer after a code was sent; the code itself is in it only where the settings say so.
fn sent(
    app: &App,
    caller: &Caller,
    (expires_at, code): Sent,
    purpose: Option<Purpose>,
    target_email: Option<String>,
) -> axum::response::Response {
    let view = CodeSentView {
        message: sentence(app, caller, "profiles.code_sent"),
        expires_at: WireMoment(expires_at),
        code: app.config().mail.shows_codes.then_some(code),
        verification_type: purpose.map(Purpose::name),
        target_email,
    };
    json(200, &view)
}

pub async fn change_email(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let address = typed::email(&body, "new_email")?;
    let expires_at = begin_change(&app, &caller, "new_email", &address).await?;
    Ok(sent(&app, &caller, expires_at, None, Some(address)))
}

pub async fn confirm_change(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let (id, code) = (own_id(&caller)?, typed::code(&body)?);
    let (post, codes) = (Post::new(&app, caller.lang()), app.codes().clone());
    let confirmed = app
        .write(&caller, move |tx| proofs::confirm_email_change(tx, &codes, &post, id, &code))
        .await?;
    match confirmed {
        Confirmed::Now(new_email) => {
            let message = sentence(&app, &caller, "profiles.email_changed");
            Ok(json(200, &EmailChangedView { message, new_email }))
        }
        Confirmed::Refused(typed) => Err(typed::refusal(&typed).unwrap_or_else(impossible).into()),
    }
}

/// A right code is never among the refused.
fn impossible() -> Error {
    Error::Failed("a right code was refused".into())
}

pub async fn status(State(app): State<App>, caller: Caller) -> Answer {
    let (id, now) = (own_id(&caller)?, app.clock().now());
    let view = app
        .db()
        .read(move |conn| {
            let known = profiles::find(conn, id, |row| {
                let verified: Option<WireMoment> = row.get("email_verified_at")?;
                Ok((row.get::<String>("email")?, verified.is_some()))
            })?;
            let (user_email, email_verified) = known.ok_or_else(service::absent)?;
            let active_verifications =
                queries::unused(conn, id, |row| PendingView::read(row, now))?;
            Ok(StatusView { user_email, email_verified, active_verifications })
        })
        .await?;
    Ok(json(200, &view))
}

/// Sends a code to an address that anybody typed: same words, same time, whether there is such an account or not.
pub(super) async fn send_to(app: &App, caller: &Caller, email: String, purpose: Purpose) -> Answer {
    typed::may_send_to(app, caller, purpose.name(), &email).await?;
    let known = app.db().read(move |conn| Ok(profiles::by_email(conn, &email)?)).await?;
    let is_wanted = |is_verified: bool| purpose == Purpose::Password || !is_verified;
    let user = known.filter(|(_, is_verified)| is_wanted(*is_verified)).map(|(user, _)| user);
    let code = draw()?;
    if let Some(user) = user {
        let (app, post) = (app.clone(), Post::new(app, caller.lang()));
        let (codes, kept) = (app.codes().clone(), code.clone());
        let work = {
            let app = app.clone();
            async move {
                let sending = app.write_as_system("code", move |tx| {
                    proofs::send(tx, &codes, &post, user, purpose, &kept)
                });
                match sending.await {
                    // Locked: the answer is the same all the same.
                    Err(Error::Refused(_)) | Ok(_) => Ok(()),
                    Err(error) => Err(error),
                }
            }
        };
        if app.config().mail.shows_codes {
            work.await?;
        } else {
            app.later().begin("code", work);
        }
    }
    let is_shown = app.config().mail.shows_codes && user.is_some();
    let view = CodeSentView {
        message: sentence(app, caller, "profiles.code_sent_if"),
        expires_at: WireMoment(app.clock().now() + LIFETIME),
        code: is_shown.then_some(code),
        verification_type: None,
        target_email: None,
    };
    Ok(json(200, &view))
}

pub async fn send_verification(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let email = match typed::optional_email(&body, &["target_email", "email"])? {
        Some(email) => email,
        None => typed::email(&body, "target_email")?,
    };
    send_to(&app, &caller, email, Purpose::Email).await
}

pub async fn confirm_verification(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let mut complaints = Complaints::default();
    let code = complaints.take(typed::code(&body))?;
    let email = complaints.take(typed::optional_email(&body, &["email", "target_email"]))?;
    complaints.finish()?;
    let (code, email) = (code.unwrap_or_default(), email.flatten());
    typed::may_try(&app, &caller, email.as_deref()).await?;
    let codes = app.codes().clone();
    let typed = app
        .write(&caller, move |tx| {
            let attempt = Attempt { codes: &codes, code: &code, email: email.as_deref() };
            proofs::verify_email(tx, attempt)
        })
        .await?;
    match typed::public_refusal(&typed) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(message(&app, &caller, 200, "profiles.email_verified")),
    }
}
