//! What browsers are told about safety, and what is done about plain HTTP. The names are Django's; with
//! DEBUG=False the secure value is the default.

use super::Secret;
use super::auth::optional_flag;
use super::source::{Setting, Source};

const SSL_REDIRECT: Setting = Setting::new(
    "SECURE_SSL_REDIRECT",
    "",
    "True",
    "Send plain HTTP requests to https (health probes excepted). Default: the opposite of DEBUG. Needs a proxy that \
     ends TLS, named in TRUSTED_PROXIES.",
);
const PROXY_HEADER: Setting = Setting::new(
    "SECURE_PROXY_SSL_HEADER",
    "X-Forwarded-Proto,https",
    "X-Forwarded-Proto,https",
    "Header and value by which a trusted proxy says that the client came over https; Django's form \
     HTTP_X_FORWARDED_PROTO,https is the same.",
);
const HSTS_SECONDS: Setting = Setting::new(
    "SECURE_HSTS_SECONDS",
    "",
    "31536000",
    "How long browsers insist on https after one https answer, seconds; 0 sends no such header. Default: a year, 0 in \
     DEBUG.",
);
const HSTS_SUBDOMAINS: Setting = Setting::new(
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "",
    "True",
    "The same for all names below the host's. Default: the opposite of DEBUG.",
);
const HSTS_PRELOAD: Setting = Setting::new(
    "SECURE_HSTS_PRELOAD",
    "",
    "True",
    "Allows browsers' lists to hold the host as https-only. Default: the opposite of DEBUG.",
);
const NOSNIFF: Setting = Setting::new(
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "True",
    "True",
    "Tell browsers to believe the content type.",
);
const REFERRER: Setting = Setting::new(
    "SECURE_REFERRER_POLICY",
    "same-origin",
    "same-origin",
    "Referrer-Policy header, comma-separated policies (the last one a browser knows counts); `off` sends none.",
);
const OPENER: Setting = Setting::new(
    "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "same-origin",
    "same-origin",
    "Cross-Origin-Opener-Policy header; `off` sends none.",
);
const FRAMES: Setting = Setting::new(
    "X_FRAME_OPTIONS",
    "DENY",
    "DENY",
    "Who may show these pages in a frame: DENY nobody, SAMEORIGIN this site; `off` says nothing.",
);
const SESSION_SECURE: Setting = Setting::new(
    "SESSION_COOKIE_SECURE",
    "",
    "True",
    "Send session cookies over HTTPS only. Default: the opposite of DEBUG.",
);
const SESSION_HTTPONLY: Setting = Setting::new(
    "SESSION_COOKIE_HTTPONLY",
    "True",
    "True",
    "Keep the session cookie from scripts of the page.",
);
const CSRF_SECURE: Setting = Setting::new(
    "CSRF_COOKIE_SECURE",
    "",
    "True",
    "Send the form token's cookie over HTTPS only. Default: the opposite of DEBUG.",
);
const FALLBACKS: Setting = Setting::secret(
    "SECRET_KEY_FALLBACKS",
    "the previous SECRET_KEY",
    "Former signing keys, comma-separated: tokens signed with them stay good until they expire. Nothing new is \
     signed with them.",
);
const SILENCED: Setting = Setting::new(
    "SILENCED_SYSTEM_CHECKS",
    "",
    "security.W008,redis.W007",
    "Ids of `check` that are known and accepted, comma-separated.",
);

pub(super) const SETTINGS: &[Setting] = &[
    SSL_REDIRECT,
    PROXY_HEADER,
    HSTS_SECONDS,
    HSTS_SUBDOMAINS,
    HSTS_PRELOAD,
    NOSNIFF,
    REFERRER,
    OPENER,
    FRAMES,
    SESSION_SECURE,
    SESSION_HTTPONLY,
    CSRF_SECURE,
    FALLBACKS,
    SILENCED,
];

/// Policies that the Referrer-Policy standard knows.
const REFERRER_POLICIES: &[&str] = &[
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];
/// Policies that the HTML standard knows for openers.
const OPENER_POLICIES: &[&str] =
    &["same-origin", "same-origin-allow-popups", "noopener-allow-popups", "unsafe-none"];

/// Who may show the pages in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frames {
    /// Nobody.
    Deny,
    /// Pages of this site.
    SameOrigin,
}

/// Settings of the browser's safety.
#[derive(Clone, Debug)]
pub struct Security {
    /// Whether plain HTTP is sent to https.
    pub ssl_redirect: bool,
    /// Header (lower case) and value by which a trusted proxy vouches for https.
    pub proxy_header: (String, String),
    /// Seconds of Strict-Transport-Security; 0 for none.
    pub hsts_seconds: u64,
    /// Whether it holds for all names below.
    pub hsts_subdomains: bool,
    /// Whether browsers' lists may hold it.
    pub hsts_preload: bool,
    /// Whether content types are to be believed.
    pub nosniff: bool,
    /// Referrer-Policy.
    pub referrer_policy: Option<String>,
    /// Cross-Origin-Opener-Policy.
    pub opener_policy: Option<String>,
    /// X-Frame-Options, and frame-ancestors with it.
    pub frames: Option<Frames>,
    /// Whether session cookies travel over HTTPS only.
    pub session_cookie_secure: bool,
    /// Whether scripts are kept from session cookies.
    pub session_cookie_httponly: bool,
    /// Whether the form token's cookie travels over HTTPS only.
    pub csrf_cookie_secure: bool,
    /// Former signing keys.
    pub key_fallbacks: Vec<Secret>,
    /// Ids of checks that are accepted.
    pub silenced_checks: Vec<String>,
}

impl Security {
    pub(super) fn read(source: &mut Source, debug: bool) -> Self {
        let hsts_seconds = match (source.given(&HSTS_SECONDS).is_some(), debug) {
            (true, _) => source.number(&HSTS_SECONDS, 0, 315_360_000),
            (false, true) => 0,
            (false, false) => 31_536_000,
        };
        Self {
            ssl_redirect: optional_flag(source, &SSL_REDIRECT, !debug),
            proxy_header: source.parsed(&PROXY_HEADER, proxy_header),
            hsts_seconds,
            hsts_subdomains: optional_flag(source, &HSTS_SUBDOMAINS, !debug),
            hsts_preload: optional_flag(source, &HSTS_PRELOAD, !debug),
            nosniff: source.flag(&NOSNIFF),
            referrer_policy: source.parsed(&REFERRER, |text| policies(text, REFERRER_POLICIES)),
            opener_policy: source.parsed(&OPENER, |text| policy(text, OPENER_POLICIES)),
            frames: source.parsed(&FRAMES, |text| match text.to_ascii_uppercase().as_str() {
                "DENY" => Ok(Some(Frames::Deny)),
                "SAMEORIGIN" => Ok(Some(Frames::SameOrigin)),
                "OFF" => Ok(None),
                _ => Err(format!("\"{text}\" is none of DENY, SAMEORIGIN, off")),
            }),
            session_cookie_secure: optional_flag(source, &SESSION_SECURE, !debug),
            session_cookie_httponly: source.flag(&SESSION_HTTPONLY),
            csrf_cookie_secure: optional_flag(source, &CSRF_SECURE, !debug),
            key_fallbacks: source.list(&FALLBACKS).into_iter().map(Secret::new).collect(),
            silenced_checks: source.list(&SILENCED),
        }
    }
}

fn policies(text: &str, known: &[&str]) -> Result<Option<String>, String> {
    if text.eq_ignore_ascii_case("off") {
        return Ok(None);
    }
    let list: Vec<String> = text.split(',').map(|one| one.trim().to_ascii_lowercase()).collect();
    match list.iter().find(|one| !known.contains(&one.as_str())) {
        Some(unknown) => Err(format!("\"{unknown}\" is none of {}, off", known.join(", "))),
        None => Ok(Some(list.join(", "))),
    }
}

fn policy(text: &str, known: &[&str]) -> Result<Option<String>, String> {
    if text.contains(',') {
        return Err(format!("\"{text}\" names more than one policy"));
    }
    policies(text, known)
}

/// `Name,value`, the name also in the form of Django's request table.
fn proxy_header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(',').unwrap_or((text, ""));
    let name = name.trim().to_ascii_lowercase();
    let name = name.strip_prefix("http_").unwrap_or(&name).replace('_', "-");
    let value = value.trim().to_ascii_lowercase();
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_name || value.is_empty() {
        return Err(format!("\"{text}\" is not a header's name and value with a comma between"));
    }
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)], debug: bool) -> (Security, Vec<&'static str>) {
        let mut source = Source::of(values);
        let security = Security::read(&mut source, debug);
        (security, source.problems.iter().map(|problem| problem.name).collect())
    }

    #[test]
    fn production_is_secure_without_a_word() {
        let (security, problems) = read(&[], false);
        assert!(problems.is_empty());
        assert!(security.ssl_redirect && security.hsts_subdomains && security.hsts_preload);
        assert!(security.session_cookie_secure && security.csrf_cookie_secure && security.nosniff);
        assert!(security.session_cookie_httponly && security.hsts_seconds == 31_536_000);
        assert_eq!(security.frames, Some(Frames::Deny));
        let (security, _) = read(&[], true);
        assert!(!security.ssl_redirect && security.hsts_seconds == 0);
        assert!(!security.session_cookie_secure, "a developer has no TLS");
    }

    #[test]
    fn a_proxys_header_may_be_written_as_django_does() {
        for text in ["HTTP_X_FORWARDED_PROTO, https", "x-forwarded-proto,HTTPS"] {
            let (security, problems) = read(&[("SECURE_PROXY_SSL_HEADER", text)], false);
            assert_eq!(problems, Vec::<&str>::new());
            assert_eq!(security.proxy_header, ("x-forwarded-proto".into(), "https".into()));
        }
        assert_eq!(
            read(&[("SECURE_PROXY_SSL_HEADER", "https")], false).1,
            ["SECURE_PROXY_SSL_HEADER"]
        );
    }

    #[test]
    fn a_policy_that_no_browser_knows_is_told_and_off_is_a_word() {
        for (name, bad) in [
            ("SECURE_REFERRER_POLICY", "sometimes"),
            ("SECURE_CROSS_ORIGIN_OPENER_POLICY", "same-origin, unsafe-none"),
            ("X_FRAME_OPTIONS", "ALLOW-FROM x"),
            ("SECURE_HSTS_SECONDS", "-1"),
        ] {
            assert_eq!(read(&[(name, bad)], false).1, [name]);
        }
        let off = [("SECURE_REFERRER_POLICY", "off"), ("X_FRAME_OPTIONS", "Off")];
        let (security, problems) = read(&off, false);
        assert!(problems.is_empty() && security.referrer_policy.is_none());
        assert_eq!(security.frames, None);
    }
}
