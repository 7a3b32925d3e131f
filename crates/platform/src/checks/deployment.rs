//! Django's deployment checks, id by id. Those that ask whether a middleware is installed ask here whether what
//! it does is switched off, for the middleware itself is always there; `security.W010`, `W011`, `W013` and `W014` tell
//! apart two ways to install sessions and are therefore always `W012` and `W015`. `E023` and `E024` are given where
//! settings are read.

use std::collections::HashSet;

use super::{Check, Found, Level, Look, Subject, Tag};
use crate::config::{Config, Frames};

const SECURITY: &[Tag] = &[Tag::Security];

const fn warning(id: &'static str, look: fn(&Config, &Subject<'_>) -> Vec<Found>) -> Check {
    Check::new(id, Level::Warning, SECURITY, Look::Config(look)).deploy()
}

pub(super) const CHECKS: &[Check] = &[
    warning("security.W001", |config, _| {
        let s = &config.security;
        let is_bare = s.hsts_seconds == 0
            && !s.nosniff
            && s.referrer_policy.is_none()
            && s.opener_policy.is_none()
            && !s.ssl_redirect;
        Found::when(is_bare, || {
            Found::new("Everything that the SECURE_ settings do is switched off.")
                .hint("Take the SECURE_ lines out: with DEBUG=False the defaults are safe.")
        })
    }),
    warning("security.W002", |config, _| {
        Found::when(config.security.frames.is_none(), || {
            Found::new("X_FRAME_OPTIONS is off: any site may show these pages in a frame and lure clicks onto them.")
                .hint("X_FRAME_OPTIONS=DENY")
        })
    }),
    warning("security.W003", |config, _| {
        Found::when(config.http.cors_origins.is_none(), || {
            Found::new(
                "CORS_ALLOW_ALL_ORIGINS lets scripts of any site read answers, form tokens among them: the protection \
                 against forged requests protects from nothing.",
            )
            .hint("CORS_ALLOW_ALL_ORIGINS=False, and the origins of your own pages in CORS_ALLOWED_ORIGINS.")
        })
    }),
    warning("security.W004", |config, _| {
        Found::when(config.security.hsts_seconds == 0, || {
            Found::new("SECURE_HSTS_SECONDS is not set: a browser that was here before may still be led to plain HTTP.")
                .hint("Once the whole site is served over HTTPS: SECURE_HSTS_SECONDS=31536000")
        })
    }),
    warning("security.W005", |config, _| {
        let s = &config.security;
        Found::when(s.hsts_seconds > 0 && !s.hsts_subdomains, || {
            Found::new("SECURE_HSTS_INCLUDE_SUBDOMAINS is off: names below this host may be reached over plain HTTP.")
                .hint("SECURE_HSTS_INCLUDE_SUBDOMAINS=True if all of them speak HTTPS.")
        })
    }),
    warning("security.W006", |config, _| {
        Found::when(!config.security.nosniff, || {
            Found::new("SECURE_CONTENT_TYPE_NOSNIFF is off: browsers may take an uploaded file for a page.")
                .hint("SECURE_CONTENT_TYPE_NOSNIFF=True")
        })
    }),
    warning("security.W008", |config, _| {
        Found::when(!config.security.ssl_redirect, || {
            Found::new("SECURE_SSL_REDIRECT is off: plain HTTP requests are answered.").hint(
                "SECURE_SSL_REDIRECT=True; if the proxy in front redirects already, put security.W008 into \
                 SILENCED_SYSTEM_CHECKS.",
            )
        })
    }),
    warning("security.W009", |config, _| {
        let key = config.auth.secret_key.reveal();
        Found::when(is_weak(key), || {
            let what = if key.is_empty() { "is not set" } else { "is too easy to guess" };
            Found::new(format!(
                "SECRET_KEY {what}: fewer than {LENGTH} characters, fewer than {VARIETY} different ones, or Django's \
                 insecure beginning. Whoever guesses it signs in as anybody."
            ))
            .hint(NEW_KEY)
        })
    }),
    warning("security.W012", |config, _| {
        Found::when(!config.security.session_cookie_secure, || {
            Found::new("SESSION_COOKIE_SECURE is off: the session travels over plain HTTP, where it can be read.")
                .hint("SESSION_COOKIE_SECURE=True")
        })
    }),
    warning("security.W015", |config, _| {
        Found::when(!config.security.session_cookie_httponly, || {
            Found::new("SESSION_COOKIE_HTTPONLY is off: a script smuggled into a page can take the session away.")
                .hint("SESSION_COOKIE_HTTPONLY=True")
        })
    }),
    warning("security.W016", |config, _| {
        Found::when(!config.security.csrf_cookie_secure, || {
            Found::new("CSRF_COOKIE_SECURE is off: the form token travels over plain HTTP, where it can be read.")
                .hint("CSRF_COOKIE_SECURE=True")
        })
    }),
    warning("security.W018", |config, _| {
        Found::when(config.debug, || {
            Found::new("DEBUG is on.")
                .hint("DEBUG=False wherever somebody else can reach this server.")
        })
    }),
    warning("security.W019", |config, _| {
        Found::when(config.security.frames == Some(Frames::SameOrigin), || {
            Found::new(
                "X_FRAME_OPTIONS is not DENY: pages of this site may show each other in frames.",
            )
            .hint("X_FRAME_OPTIONS=DENY, unless a page of yours needs it.")
        })
    }),
    warning("security.W020", |_, subject| {
        Found::when(!subject.source().has("ALLOWED_HOSTS"), || {
            Found::new("ALLOWED_HOSTS is empty.").hint("ALLOWED_HOSTS=clinica.example")
        })
    }),
    warning("security.W021", |config, _| {
        let s = &config.security;
        Found::when(s.hsts_seconds > 0 && !s.hsts_preload, || {
            Found::new("SECURE_HSTS_PRELOAD is off: the host cannot be put on the lists that browsers ship with.")
                .hint("SECURE_HSTS_PRELOAD=True")
        })
    }),
    warning("security.W022", |config, _| {
        Found::when(config.security.referrer_policy.is_none(), || {
            Found::new("SECURE_REFERRER_POLICY is off: addresses of pages are told to other sites.")
                .hint("SECURE_REFERRER_POLICY=same-origin")
        })
    }),
    warning("security.W025", |config, _| {
        let keys = config.security.key_fallbacks.iter().enumerate();
        keys.filter(|(_, key)| is_weak(key.reveal()))
            .map(|(number, _)| {
                Found::new(format!("SECRET_KEY_FALLBACKS[{number}] is too easy to guess, and tokens signed with it are accepted."))
                    .hint("Take it out as soon as nobody's token is signed with it any more.")
                    .about("SECRET_KEY_FALLBACKS")
            })
            .collect()
    }),
];

/// Fewest characters of a key, and fewest different ones, as Django asks.
const LENGTH: usize = 50;
const VARIETY: usize = 5;
pub(super) const NEW_KEY: &str = "Make a new one: manage generatesecret";

/// Whether a signing key is one that Django would complain of.
pub(super) fn is_weak(key: &str) -> bool {
    let different: HashSet<char> = key.chars().collect();
    key.chars().count() < LENGTH || different.len() < VARIETY || key.starts_with("django-insecure-")
}
