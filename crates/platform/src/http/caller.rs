//! Who is calling, in which language, from where: what handlers and the write path know of a request.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::auth::Identity;
use crate::i18n::Lang;

/// The caller of a request.
#[derive(Clone, Debug)]
pub struct Caller(Arc<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    identity: Option<Identity>,
    session: Option<i64>,
    family: Option<String>,
    request_id: String,
    lang: Lang,
    address: IpAddr,
    base_url: String,
}

impl Caller {
    /// Nobody yet: as the pipeline sees a request before it knows who asks.
    #[must_use]
    pub fn anonymous(request_id: String, lang: Lang, address: IpAddr, base_url: String) -> Self {
        let (identity, session, family) = (None, None, None);
        Self(Arc::new(Inner { identity, session, family, request_id, lang, address, base_url }))
    }

    /// The same request, now known to come from `identity` (through a session, or a token's log-in).
    #[must_use]
    pub fn known_as(
        &self,
        identity: Identity,
        session: Option<i64>,
        family: Option<String>,
    ) -> Self {
        let mut inner = self.0.as_ref().clone();
        inner.identity = Some(identity);
        inner.session = session;
        inner.family = family;
        Self(Arc::new(inner))
    }

    /// Who asks, if known.
    #[must_use]
    pub fn identity(&self) -> Option<&Identity> {
        self.0.identity.as_ref()
    }

    /// Whether the caller may do `permission`.
    #[must_use]
    pub fn can(&self, permission: &str) -> bool {
        self.identity().is_some_and(|identity| identity.can(permission))
    }

    /// The session it came through, if it did.
    #[must_use]
    pub fn session(&self) -> Option<i64> {
        self.0.session
    }

    /// The log-in its token descends from, if it has one.
    #[must_use]
    pub fn family(&self) -> Option<&str> {
        self.0.family.as_deref()
    }

    /// The request's id.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// The language to answer in.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.0.lang
    }

    /// The client's address.
    #[must_use]
    pub fn address(&self) -> IpAddr {
        self.0.address
    }

    /// Scheme and host as the client sees them, without a final slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(|| {
            // Only a router without the pipeline gets here; such a request is nobody's.
            Self::anonymous(String::new(), Lang::Es, IpAddr::from([0, 0, 0, 0]), String::new())
        }))
    }
}
