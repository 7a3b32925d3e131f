//! The headers that make browsers careful, built once; whether a request came over https; the way there.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::config::{Config, Frames};

/// What of the security settings the pipeline needs, ready to use.
#[derive(Clone, Debug)]
pub struct Security {
    always: Vec<(HeaderName, HeaderValue)>,
    policy: HeaderValue,
    hsts: Option<HeaderValue>,
    redirects: bool,
    proxies: Vec<IpAddr>,
    proxy_header: (String, String),
}

impl Security {
    /// Of a configuration.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let security = &config.security;
        let mut always = Vec::new();
        let mut say = |name: HeaderName, value: Option<&str>| {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
                always.push((name, value));
            }
        };
        let (frames, policy) = match security.frames {
            Some(Frames::Deny) => (Some("DENY"), " frame-ancestors 'none';"),
            Some(Frames::SameOrigin) => (Some("SAMEORIGIN"), " frame-ancestors 'self';"),
            None => (None, ""),
        };
        say(header::X_CONTENT_TYPE_OPTIONS, security.nosniff.then_some("nosniff"));
        say(header::X_FRAME_OPTIONS, frames);
        say(header::REFERRER_POLICY, security.referrer_policy.as_deref());
        let opener = HeaderName::from_static("cross-origin-opener-policy");
        say(opener, security.opener_policy.as_deref());
        let policy = format!("default-src 'self';{policy} base-uri 'none'; form-action 'self'");
        let hsts = (security.hsts_seconds > 0).then(|| {
            let subdomains = if security.hsts_subdomains { "; includeSubDomains" } else { "" };
            let preload = if security.hsts_preload { "; preload" } else { "" };
            format!("max-age={}{subdomains}{preload}", security.hsts_seconds)
        });
        Self {
            always,
            policy: HeaderValue::from_str(&policy)
                .unwrap_or(HeaderValue::from_static("default-src 'self'")),
            hsts: hsts.and_then(|value| HeaderValue::from_str(&value).ok()),
            redirects: security.ssl_redirect,
            proxies: config.http.trusted_proxies.clone(),
            proxy_header: security.proxy_header.clone(),
        }
    }

    /// Whether the client came over https. Only a trusted proxy is believed: this program itself speaks
    /// plain HTTP.
    #[must_use]
    pub fn is_https(&self, request: &Request) -> bool {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let is_trusted = peer.is_some_and(|ConnectInfo(peer)| self.proxies.contains(&peer.ip()));
        let (name, value) = &self.proxy_header;
        // Of several proxies the one nearest to the client speaks first.
        let said = || {
            let said = request.headers().get(name)?.to_str().ok()?;
            said.split(',').next().map(str::trim)
        };
        is_trusted && said().is_some_and(|said| said.eq_ignore_ascii_case(value))
    }

    /// The answer that sends a plain request to https, if it must go there. Health probes come from inside,
    /// where there is no TLS.
    #[must_use]
    pub fn to_https(&self, request: &Request, host: &str, is_https: bool) -> Option<Response> {
        if !self.redirects || is_https || request.uri().path().starts_with("/health/") {
            return None;
        }
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let target = HeaderValue::from_str(&format!("https://{host}{path}")).ok()?;
        Some((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, target)]).into_response())
    }

    /// Puts the headers on an answer. A page may have brought a content policy of its own.
    pub fn put(&self, headers: &mut HeaderMap, is_https: bool) {
        for (name, value) in &self.always {
            headers.insert(name, value.clone());
        }
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| self.policy.clone());
        if is_https && let Some(hsts) = &self.hsts {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, hsts.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use axum::body::Body;

    use super::*;
    use crate::config::Source;

    const PRODUCTION: &[(&str, &str)] = &[
        ("DEBUG", "False"),
        ("SECRET_KEY", "k3Jx9-Qw7_Zr2Lp8Vb5Nc1Mh6Gt4Fd0Sa"),
        ("ALLOWED_HOSTS", "clinica.pe"),
        ("ALLOW_SQLITE", "True"),
        ("TRUSTED_PROXIES", "10.0.0.5"),
    ];

    fn security(more: &[(&str, &str)]) -> Security {
        let values = [PRODUCTION, more].concat();
        Security::new(&Config::from_source(Source::of(&values), Path::new("/srv")).unwrap())
    }

    fn request(path: &str, peer: [u8; 4], proto: &str) -> Request {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = path.parse().unwrap();
        request.headers_mut().insert("x-forwarded-proto", proto.parse().unwrap());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((peer, 1))));
        request
    }

    fn answered(security: &Security, is_https: bool) -> HeaderMap {
        let mut headers = HeaderMap::new();
        security.put(&mut headers, is_https);
        headers
    }

    #[test]
    fn only_a_trusted_proxy_vouches_for_https() {
        let security = security(&[]);
        assert!(security.is_https(&request("/", [10, 0, 0, 5], "https")));
        assert!(security.is_https(&request("/", [10, 0, 0, 5], "HTTPS, http")));
        assert!(!security.is_https(&request("/", [10, 0, 0, 5], "http")));
        assert!(!security.is_https(&request("/", [10, 0, 0, 6], "https")), "a stranger says so");
    }

    #[test]
    fn plain_requests_go_to_https_but_probes_and_developers_stay() {
        let plain = |path| request(path, [10, 0, 0, 5], "http");
        let moved = security(&[]).to_https(&plain("/api/x/?a=1"), "clinica.pe", false).unwrap();
        assert_eq!(moved.status(), 301);
        assert_eq!(moved.headers()["location"], "https://clinica.pe/api/x/?a=1");
        assert!(security(&[]).to_https(&plain("/api/x/"), "clinica.pe", true).is_none());
        assert!(security(&[]).to_https(&plain("/health/ready/"), "clinica.pe", false).is_none());
        let off = security(&[("SECURE_SSL_REDIRECT", "False")]);
        assert!(off.to_https(&plain("/"), "clinica.pe", false).is_none());
    }

    #[test]
    fn strict_transport_is_said_over_https_only() {
        let year = "max-age=31536000; includeSubDomains; preload";
        assert_eq!(answered(&security(&[]), true)["strict-transport-security"], year);
        assert!(!answered(&security(&[]), false).contains_key("strict-transport-security"));
        let short = security(&[
            ("SECURE_HSTS_SECONDS", "60"),
            ("SECURE_HSTS_PRELOAD", "no"),
            ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "no"),
        ]);
        assert_eq!(answered(&short, true)["strict-transport-security"], "max-age=60");
        let none = security(&[("SECURE_HSTS_SECONDS", "0")]);
        assert!(!answered(&none, true).contains_key("strict-transport-security"));
    }

    #[test]
    fn every_header_is_what_its_setting_says() {
        let headers = answered(&security(&[]), false);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(headers[name], value);
        }
        assert!(headers["content-security-policy"].to_str().unwrap().contains("ancestors 'none'"));
        let headers = answered(
            &security(&[
                ("SECURE_CONTENT_TYPE_NOSNIFF", "False"),
                ("X_FRAME_OPTIONS", "SAMEORIGIN"),
                ("SECURE_REFERRER_POLICY", "no-referrer, strict-origin"),
                ("SECURE_CROSS_ORIGIN_OPENER_POLICY", "off"),
            ]),
            false,
        );
        assert!(!headers.contains_key("x-content-type-options"));
        assert!(!headers.contains_key("cross-origin-opener-policy"));
        assert_eq!(headers["x-frame-options"], "SAMEORIGIN");
        assert_eq!(headers["referrer-policy"], "no-referrer, strict-origin");
        assert!(headers["content-security-policy"].to_str().unwrap().contains("ancestors 'self'"));
    }
}
