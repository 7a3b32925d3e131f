//! Who looks at a page, and whether a form comes from a page of ours.

use axum::http::{HeaderMap, header};
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::auth::session::{COOKIE, CSRF_COOKIE, Session};
use crate::auth::{self, Identity};
use crate::error::{Kind, Refusal, Result};
use crate::http::access::{cookie, signed_in};
use crate::http::{Body, Caller};
use crate::i18n::{Lang, Text};

/// Name of the hidden field with the form token, as Django's.
pub const TOKEN_FIELD: &str = "csrfmiddlewaretoken";

/// Who looks at a page.
#[derive(Clone, Debug)]
pub struct Visitor {
    caller: Caller,
    session: Option<Session>,
    token: String,
    is_token_new: bool,
}

impl Visitor {
    /// Finds out who is behind a browser's request. Only its session counts here, no Authorization header.
    pub async fn of(app: &App, caller: &Caller, headers: &HeaderMap) -> Result<Self> {
        if let Some(value) = cookie(headers, COOKIE)
            && let Some((caller, session)) = signed_in(app, caller, &value).await?
        {
            let token = session.csrf_token.clone();
            return Ok(Self { caller, session: Some(session), token, is_token_new: false });
        }
        Self::anonymous(caller, headers)
    }

    /// The same when nobody's name matters.
    pub fn anonymous(caller: &Caller, headers: &HeaderMap) -> Result<Self> {
        let known = cookie(headers, CSRF_COOKIE).filter(|token| is_token(token));
        let is_token_new = known.is_none();
        let token = known.map_or_else(auth::random_token, Ok)?;
        Ok(Self { caller: caller.clone(), session: None, token, is_token_new })
    }

    /// The request's caller, by name if signed in.
    #[must_use]
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Who is signed in.
    #[must_use]
    pub fn identity(&self) -> Option<&Identity> {
        self.caller.identity()
    }

    /// The session's row, if signed in.
    #[must_use]
    pub fn session(&self) -> Option<i64> {
        self.session.as_ref().map(|session| session.id)
    }

    /// The language to speak.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.caller.lang()
    }

    /// What forms must send along: the session's token, or the one in the cookie of somebody not signed in.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Whether the token must still be given to the browser.
    #[must_use]
    pub fn is_token_new(&self) -> bool {
        self.is_token_new
    }

    /// Refuses a form that does not come from a page of this server: its token must be the visitor's, and the
    /// browser's word about its origin must not contradict.
    pub fn check_form(&self, app: &App, headers: &HeaderMap, body: &Body) -> Result<()> {
        let sent = headers.get("x-csrftoken").and_then(|value| value.to_str().ok());
        let sent = sent.unwrap_or_else(|| text(body, TOKEN_FIELD));
        let is_token: bool = sent.as_bytes().ct_eq(self.token.as_bytes()).into();
        if is_token && !self.is_token_new && self.is_own_origin(app, headers) {
            return Ok(());
        }
        Err(Refusal::new(Kind::Forbidden, "csrf_failed", Text::key("page.form_expired")).into())
    }

    fn is_own_origin(&self, app: &App, headers: &HeaderMap) -> bool {
        let Some(origin) = headers.get(header::ORIGIN) else { return true };
        let origin = origin.to_str().unwrap_or("").to_ascii_lowercase();
        // The scheme is left out: behind a proxy that is not told of, HTTPS arrives as HTTP.
        let host = |url: &str| url.split_once("://").map(|(_, host)| host.to_ascii_lowercase());
        let own = host(self.caller.base_url());
        own.is_some() && host(&origin) == own
            || app
                .config()
                .http
                .trusted_origins
                .iter()
                .any(|known| known.eq_ignore_ascii_case(&origin))
    }
}

/// A text of a form, empty if it is not there.
pub(super) fn text<'b>(body: &'b Body, name: &str) -> &'b str {
    body.0.get(name).and_then(serde_json::Value::as_str).unwrap_or("")
}

/// Whether a cookie may be a token made here.
fn is_token(text: &str) -> bool {
    (32..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
