//! The door of each route: who may enter, and who is asking (Bearer token, then session, then HTTP Basic).

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::caller::Caller;
use super::errors::HttpError;
use crate::app::App;
use crate::auth::session::Session;
use crate::auth::token::TokenType;
use crate::auth::{Identity, State as UserState, login, session};
use crate::error::{Error, Kind, Refusal, Result};
use crate::i18n::Text;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody; a wrong Authorization header is ignored.
    Public,
    /// Whoever is logged in.
    Authenticated,
    /// Whoever holds the permission.
    Permission(&'static str),
}

/// Lets a request through, with its caller known, or refuses it.
pub async fn guard(
    State((app, access)): State<(App, Access)>,
    mut request: Request,
    next: Next,
) -> Response {
    if access == Access::Public {
        return next.run(request).await;
    }
    let Some(caller) = request.extensions().get::<Caller>().cloned() else {
        return HttpError::from(Error::Failed("a route without the pipeline".into()))
            .into_response();
    };
    match admit(&app, access, &caller, request.method(), request.headers()).await {
        Ok(known) => {
            request.extensions_mut().insert(known);
            next.run(request).await
        }
        Err(error) => HttpError::from(error).into_response(),
    }
}

async fn admit(
    app: &App,
    access: Access,
    caller: &Caller,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Caller> {
    let caller = authenticate(app, caller, method, headers).await?;
    let Some(identity) = caller.identity() else {
        let text = Text::key("error.not_authenticated");
        return Err(Refusal::new(Kind::Unauthenticated, "not_authenticated", text).into());
    };
    match access {
        Access::Permission(name) if !identity.can(name) => {
            let text = Text::key("error.permission_denied");
            Err(Refusal::new(Kind::Forbidden, "permission_denied", text).into())
        }
        _ => Ok(caller),
    }
}

/// Finds out who is asking. No credential at all is nobody; a wrong one is refused.
pub async fn authenticate(
    app: &App,
    caller: &Caller,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Caller> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let text = value.to_str().unwrap_or("");
        let (scheme, credential) = text.split_once(' ').unwrap_or((text, ""));
        if scheme.eq_ignore_ascii_case("bearer") {
            return bearer(app, caller, credential).await;
        }
        if scheme.eq_ignore_ascii_case("basic") {
            return basic(app, caller, credential).await;
        }
    }
    match cookie(headers, session::COOKIE) {
        Some(token) => by_session(app, caller, method, headers, &token).await,
        None => Ok(caller.clone()),
    }
}

async fn bearer(app: &App, caller: &Caller, token: &str) -> Result<Caller> {
    if token.is_empty() || token.contains(' ') {
        let text = Text::key("error.bad_authorization_header");
        return Err(Refusal::new(Kind::Unauthenticated, "bad_authorization_header", text).into());
    }
    let now = app.clock().now();
    let Some(claims) = app.signer().check(token, TokenType::Access, now.timestamp()) else {
        return Err(token_refused(app, caller));
    };
    let identity = active(app, claims.user_id).await?;
    let account = identity.account();
    if account.epoch != claims.epoch || account.ended_families.contains(&claims.family) {
        return Err(token_refused(app, caller));
    }
    Ok(caller.known_as(identity, None, Some(claims.family)))
}

async fn basic(app: &App, caller: &Caller, credential: &str) -> Result<Caller> {
    let decoded =
        STANDARD.decode(credential.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let Some((login, password)) = decoded.as_deref().and_then(|text| text.split_once(':')) else {
        let text = Text::key("error.bad_authorization_header");
        return Err(Refusal::new(Kind::Unauthenticated, "bad_authorization_header", text).into());
    };
    let address = caller.address().to_string();
    let user_id = login::verify_basic(app, login, password, &address).await?;
    Ok(caller.known_as(active(app, user_id).await?, None, None))
}

async fn by_session(
    app: &App,
    caller: &Caller,
    method: &Method,
    headers: &HeaderMap,
    token: &str,
) -> Result<Caller> {
    let Some((caller, session)) = signed_in(app, caller, token).await? else {
        return Ok(caller.clone());
    };
    let is_safe = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let sent = headers.get("x-csrftoken").and_then(|value| value.to_str().ok());
    if !is_safe && sent != Some(session.csrf_token.as_str()) {
        return Err(Refusal::new(Kind::Forbidden, "csrf_failed", Text::key("error.csrf")).into());
    }
    Ok(caller)
}

/// The caller and session behind a session cookie's value, if it is good for anything. Whether a change also carries
/// the session's form token is the asker's to check.
pub async fn signed_in(
    app: &App,
    caller: &Caller,
    token: &str,
) -> Result<Option<(Caller, Session)>> {
    let (token, now) = (token.to_owned(), app.clock().now());
    let found = app.db().read(move |conn| Ok(session::find(conn, &token, now)?)).await?;
    let Some(session) = found else { return Ok(None) };
    let UserState::Active(identity) =
        app.identities().state(app.db(), session.user_id, now).await?
    else {
        return Ok(None);
    };
    if identity.account().epoch != session.epoch {
        return Ok(None);
    }
    Ok(Some((caller.known_as(identity, Some(session.id), None), session)))
}

async fn active(app: &App, user_id: i64) -> Result<Identity> {
    let refused =
        |code, key| -> Error { Refusal::new(Kind::Unauthenticated, code, Text::key(key)).into() };
    match app.identities().state(app.db(), user_id, app.clock().now()).await? {
        UserState::Active(identity) => Ok(identity),
        UserState::Inactive => Err(refused("user_inactive", "error.user_inactive")),
        UserState::Unknown => Err(refused("user_not_found", "error.user_not_found")),
    }
}

/// A token that is malformed, expired, revoked or of the other type, in the contract's words.
fn token_refused(app: &App, caller: &Caller) -> Error {
    let text = Text::key("error.token_not_valid");
    let sentence = text.speak(app.program().texts, caller.lang());
    Refusal::new(Kind::Unauthenticated, "token_not_valid", text)
        .with(
            "messages",
            json!([{ "token_class": "AccessToken", "token_type": "access", "message": sentence }]),
        )
        .into()
}

/// The value of a cookie.
#[must_use]
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.to_owned())
}
