//! Request bodies: JSON, form or multipart, read within the size limit into one map of fields.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde_json::{Map, Value as Json};

use super::errors::HttpError;
use super::upload;
use crate::app::App;
use crate::error::{Error, Kind, Refusal, Result};
use crate::i18n::Text;

/// The fields of a body. An empty body has none.
#[derive(Clone, Debug, Default)]
pub struct Body(pub Map<String, Json>);

impl FromRequest<App> for Body {
    type Rejection = HttpError;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Self, HttpError> {
        Ok(read(request, app.config().http.body_limit).await?)
    }
}

async fn read(request: Request, limit: usize) -> Result<Body> {
    if declared_length(request.headers()).is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    match essence(request.headers()).as_str() {
        MULTIPART => Ok(Body(upload::multipart(request, limit, false).await?.0)),
        "application/x-www-form-urlencoded" => {
            let bytes = collect(request, limit).await?;
            Ok(Body(
                form_urlencoded::parse(&bytes)
                    .map(|(name, value)| (name.into_owned(), Json::from(value.into_owned())))
                    .collect(),
            ))
        }
        "" | "application/json" | "text/json" | "text/plain" => {
            json(&collect(request, limit).await?)
        }
        essence if essence.ends_with("+json") => json(&collect(request, limit).await?),
        other => {
            let text = Text::key("error.unsupported_media_type").with("type", other);
            Err(Refusal::new(Kind::Unsupported, "unsupported_media_type", text).into())
        }
    }
}

const MULTIPART: &str = "multipart/form-data";

/// Whether the body comes in parts.
pub(super) fn is_multipart(headers: &HeaderMap) -> bool {
    essence(headers) == MULTIPART
}

/// The length that the client says the body has.
pub(super) fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The content type without its parameters.
fn essence(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

async fn collect(request: Request, limit: usize) -> Result<Bytes> {
    axum::body::to_bytes(request.into_body(), limit).await.map_err(|error| {
        // The limit and a cut connection look alike here; only the former has somebody to read the answer.
        tracing::debug!(%error, "body not read");
        too_large(limit)
    })
}

fn json(bytes: &[u8]) -> Result<Body> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Body::default());
    }
    match serde_json::from_slice(bytes) {
        Ok(Json::Object(map)) => Ok(Body(map)),
        Ok(_) => {
            let text = Text::key("error.not_an_object");
            Err(Refusal::field("non_field_errors", "invalid", text).into())
        }
        Err(error) => {
            let text = Text::key("error.malformed_json")
                .with("line", error.line())
                .with("column", error.column());
            Err(Refusal::new(Kind::Malformed, "parse_error", text).into())
        }
    }
}

pub(super) fn too_large(limit: usize) -> Error {
    let text = Text::key("error.too_large").with("limit", limit);
    Refusal::new(Kind::TooLarge, "too_large", text).into()
}

impl Body {
    /// A text field as it came (not trimmed), for passwords.
    pub fn raw_text(&self, name: &'static str) -> Result<String> {
        match self.0.get(name) {
            Some(Json::String(text)) if !text.is_empty() => Ok(text.clone()),
            Some(Json::String(_)) => {
                Err(Refusal::field(name, "blank", Text::key("error.blank")).into())
            }
            None => Err(Refusal::field(name, "required", Text::key("error.required")).into()),
            Some(Json::Null) => Err(Refusal::field(name, "null", Text::key("error.null")).into()),
            Some(_) => Err(Refusal::field(name, "invalid", Text::key("error.text")).into()),
        }
    }
}

impl Body {
    /// Whether a field says yes; anything else is no.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Json::Bool(value)) => *value,
            Some(Json::String(text)) => matches!(text.as_str(), "true" | "1"),
            _ => false,
        }
    }
}
