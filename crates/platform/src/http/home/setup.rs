//! The first administrator: a form behind a one-time address that the operator reads on the console.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use minijinja::{Value, context};
use parking_lot::Mutex;
use subtle::ConstantTimeEq;

use super::rules::{MIN_PASSWORD, is_email, weakness};
use super::visitor::text;
use super::{Visitor, pages, signin, start};
use crate::app::{App, NewAdministrator};
use crate::auth;
use crate::error::{Error, FieldError, Refusal, Result};
use crate::http::{Access, Answer, Body, Caller, Route};
use crate::i18n::Text;

/// The invitation of the first administrator: kept in memory only, and void once used.
#[derive(Debug, Default)]
pub struct Invitation {
    token: Mutex<Option<String>>,
    /// Held while an administrator is made, so that two forms sent at once make one.
    making: tokio::sync::Mutex<()>,
}

impl Invitation {
    fn path(&self) -> Result<String> {
        let mut token = self.token.lock();
        let token = match token.as_ref() {
            Some(token) => token.clone(),
            None => token.insert(auth::random_token()?).clone(),
        };
        Ok(format!("/setup/{token}/"))
    }

    fn is(&self, sent: &str) -> bool {
        self.token
            .lock()
            .as_ref()
            .is_some_and(|token| token.as_bytes().ct_eq(sent.as_bytes()).into())
    }

    fn withdraw(&self) {
        *self.token.lock() = None;
    }
}

/// The one-time path to create the first administrator, while there is none.
pub fn first_administrator_path(app: &App) -> Result<Option<String>> {
    let identities = app.identities().clone();
    if app.db().read_blocking(move |conn| identities.accounts().has_administrator(conn))? {
        return Ok(None);
    }
    app.invitation().path().map(Some)
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/setup/{token}/", Access::Public, show),
        Route::post("/setup/{token}/", Access::Public, submit),
    ]
}

/// A field of the form: name, kind, what browsers fill in by themselves, whether a hint stands below it.
const FIELDS: [(&str, &str, &str, bool); 5] = [
    ("email", "email", "email", false),
    ("user_name", "text", "username", false),
    ("document_number", "text", "off", false),
    ("password", "password", "new-password", true),
    ("password_again", "password", "new-password", false),
];

async fn show(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Answer {
    open(&app, &token).await?;
    let visitor = Visitor::of(&app, &caller, &headers).await?;
    let values = values(&app, &visitor, &Body::default(), &[]);
    Ok(pages::form(&app, &visitor, "setup.html", values)?)
}

async fn submit(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(token): Path<String>,
    body: Body,
) -> Answer {
    open(&app, &token).await?;
    let visitor = Visitor::of(&app, &caller, &headers).await?;
    match make(&app, &visitor, &headers, &token, &body).await {
        Ok(user_id) => Ok(signin::enter(&app, &visitor, user_id, Some(start::FIRST)).await?),
        Err(error) => Ok(refused(&app, &visitor, &body, error)?),
    }
}

/// Refuses whoever has no valid invitation, as if there were no such page.
async fn open(app: &App, token: &str) -> Result<()> {
    if !app.invitation().is(token) {
        return Err(gone());
    }
    let identities = app.identities().clone();
    if app.db().read(move |conn| identities.accounts().has_administrator(conn)).await? {
        app.invitation().withdraw();
        return Err(gone());
    }
    Ok(())
}

fn gone() -> Error {
    Refusal::not_found("error.no_such_path").into()
}

async fn make(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    token: &str,
    body: &Body,
) -> Result<i64> {
    visitor.check_form(app, headers, body)?;
    let complaints = complaints(body);
    if !complaints.is_empty() {
        return Err(Refusal::fields(complaints).into());
    }
    let trimmed = |name| text(body, name).trim().to_owned();
    let wanted = NewAdministrator {
        email: trimmed("email"),
        user_name: trimmed("user_name"),
        document_number: trimmed("document_number"),
        password_hash: app.passwords().hash(text(body, "password").to_owned()).await?,
    };
    let _alone = app.invitation().making.lock().await;
    if !app.invitation().is(token) {
        return Err(gone());
    }
    let (identities, create) = (app.identities().clone(), app.program().create_administrator);
    let user_id = app
        .write(visitor.caller(), move |tx| {
            // Another way to one may have been quicker: a command, another process.
            if identities.accounts().has_administrator(tx)? {
                return Err(gone());
            }
            create(tx, &wanted)
        })
        .await?;
    app.invitation().withdraw();
    Ok(user_id)
}

/// The form once more with its complaints, or the error itself when no field can mend it.
fn refused(app: &App, visitor: &Visitor, body: &Body, error: Error) -> Result<Response> {
    let Some(refusal) = error.refusal() else { return Err(error) };
    if refusal.fields.is_empty() && refusal.code != "csrf_failed" {
        return Err(error);
    }
    let values = values(app, visitor, body, &refusal.fields);
    pages::form_again(app, visitor, "setup.html", values, &error)
}

/// What the form shows: each field with its value and complaints, and the complaints that belong to none.
fn values(app: &App, visitor: &Visitor, body: &Body, complaints: &[FieldError]) -> Value {
    let (texts, lang) = (app.program().texts, visitor.lang());
    let say = |of: &dyn Fn(&str) -> bool| -> Vec<String> {
        let concerned = complaints.iter().filter(|complaint| of(&complaint.field));
        concerned.map(|complaint| complaint.message.speak(texts, lang)).collect()
    };
    let concerned = |name: &str| complaints.iter().any(|complaint| complaint.field == name);
    let focus =
        FIELDS.iter().map(|(name, ..)| *name).find(|name| concerned(name)).unwrap_or("email");
    let fields: Vec<Value> = FIELDS
        .iter()
        .map(|&(name, kind, fill, has_hint)| {
            // Passwords are typed anew.
            let value = if kind == "password" { "" } else { text(body, name) };
            let errors = say(&|field| field == name);
            context! { name, kind, fill, has_hint, value, errors, has_focus => name == focus }
        })
        .collect();
    let others = say(&|field| FIELDS.iter().all(|(name, ..)| *name != field));
    context! { fields, others, min => MIN_PASSWORD, complained => !complaints.is_empty() }
}

fn complaints(body: &Body) -> Vec<FieldError> {
    let mut found = Vec::new();
    let mut complain = |field: &'static str, code, message| {
        found.push(FieldError { field: field.into(), code, message });
    };
    for (name, kind, ..) in FIELDS {
        let value = text(body, name);
        if kind == "password" && value.is_empty() || value.trim().is_empty() {
            complain(name, "required", Text::key("error.required"));
        }
    }
    let email = text(body, "email").trim();
    if !email.is_empty() && !is_email(email) {
        complain("email", "invalid", Text::key("error.email"));
    }
    let (password, again) = (text(body, "password"), text(body, "password_again"));
    if !password.trim().is_empty() {
        if let Some((code, message)) = weakness(password) {
            complain("password", code, message);
        }
        if !again.is_empty() && again != password {
            complain("password_again", "password_mismatch", Text::key("page.password.mismatch"));
        }
    }
    found
}
