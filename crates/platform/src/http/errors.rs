//! THE mapping from errors to status codes and bodies. Nobody else names a status for a refusal.
//!
//! A refusal always has `message` (a sentence), `code` (stable) and `request_id`; field complaints stand at the top
//! level under their field. The sentence stands again under `error`, and under `detail` when no field is to blame, since
//! the existing clients read those.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value as Json, json};

use crate::db::{DbError, Violation};
use crate::error::{Error, Kind, Refusal};
use crate::i18n::{Lang, Text, Texts};

/// An error on its way out of a handler; the pipeline gives it its words.
#[derive(Clone, Debug)]
pub struct HttpError(pub Arc<Error>);

impl<E: Into<Error>> From<E> for HttpError {
    fn from(error: E) -> Self {
        Self(Arc::new(error.into()))
    }
}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The sentence of an error's answer, left on it for pages that say it in their own form.
#[derive(Clone, Debug)]
pub struct Spoken(pub String);

/// What handlers answer.
pub type Answer = std::result::Result<Response, HttpError>;

fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid | Kind::Malformed => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Kind::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Seconds after which a client should ask again when the database is away.
pub(super) const RETRY_SECONDS: u64 = 5;

/// The answer for an error, in the client's language.
pub fn render(error: &Error, texts: Texts, lang: Lang, request_id: &str) -> Response {
    match error {
        Error::Refused(refusal) => refused(refusal, texts, lang, request_id),
        Error::Db(DbError::Unavailable(reason)) => {
            tracing::error!(request.id = request_id, reason, "database unavailable");
            unavailable(
                "database_unavailable",
                "error.database_unavailable",
                texts,
                lang,
                request_id,
            )
        }
        Error::Db(DbError::Unknown(reason)) => {
            tracing::error!(request.id = request_id, reason, "outcome of a commit unknown");
            unavailable("outcome_unknown", "error.outcome_unknown", texts, lang, request_id)
        }
        // The description's own checks come first; what only the database noticed is still the client's value.
        Error::Db(DbError::Constraint(Violation::Invalid(reason))) => {
            tracing::warn!(request.id = request_id, reason, "a value was refused by the database");
            let refusal = Refusal::new(Kind::Invalid, "invalid", Text::key("error.invalid"));
            refused(&refusal, texts, lang, request_id)
        }
        Error::Db(error) => failed(&format!("database: {error}"), texts, lang, request_id),
        Error::Failed(reason) => failed(reason, texts, lang, request_id),
    }
}

fn refused(refusal: &Refusal, texts: Texts, lang: Lang, request_id: &str) -> Response {
    let sentence = refusal.message.speak(texts, lang);
    let mut body = Map::new();
    for complaint in &refusal.fields {
        let message = Json::from(complaint.message.speak(texts, lang));
        match body.get_mut(complaint.field.as_ref()) {
            Some(Json::Array(list)) => list.push(message),
            _ => {
                body.insert(complaint.field.to_string(), json!([message]));
            }
        }
    }
    if refusal.fields.is_empty() {
        body.insert("detail".into(), json!(sentence));
    }
    body.entry("error").or_insert_with(|| json!(sentence));
    body.extend(refusal.extra.clone());
    finish(&mut body, &sentence, refusal.code, request_id);
    let mut response = (status(refusal.kind), axum::Json(body)).into_response();
    response.extensions_mut().insert(Spoken(sentence));
    match refusal.kind {
        Kind::Unauthenticated => {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"api\""));
        }
        Kind::TooMany { retry_after } => retry(&mut response, retry_after),
        Kind::TimedOut => retry(&mut response, RETRY_SECONDS),
        _ => {}
    }
    response
}

fn unavailable(
    code: &str,
    key: &'static str,
    texts: Texts,
    lang: Lang,
    request_id: &str,
) -> Response {
    let sentence = Text::key(key).speak(texts, lang);
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, &sentence, code, request_id);
    retry(&mut response, RETRY_SECONDS);
    response
}

fn failed(reason: &str, texts: Texts, lang: Lang, request_id: &str) -> Response {
    tracing::error!(request.id = request_id, reason, "request failed");
    let sentence = Text::key("error.internal").with("id", request_id).speak(texts, lang);
    plain(StatusCode::INTERNAL_SERVER_ERROR, &sentence, "internal", request_id)
}

fn plain(status: StatusCode, sentence: &str, code: &str, request_id: &str) -> Response {
    let mut body = Map::new();
    body.insert("detail".into(), json!(sentence));
    body.insert("error".into(), json!(sentence));
    finish(&mut body, sentence, code, request_id);
    let mut response = (status, axum::Json(body)).into_response();
    response.extensions_mut().insert(Spoken(sentence.to_owned()));
    response
}

fn finish(body: &mut Map<String, Json>, sentence: &str, code: &str, request_id: &str) {
    // A field may be called like one of these; the field's complaint wins, since clients look for it.
    for (name, value) in [("message", sentence), ("code", code), ("request_id", request_id)] {
        body.entry(name).or_insert_with(|| json!(value));
    }
}

pub(super) fn retry(response: &mut Response, seconds: u64) {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
}
