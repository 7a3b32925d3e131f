//! Secrets and lifetimes of log-ins.

use std::fmt;

use chrono::Duration;

use super::source::{Setting, Source};

/// A value that never shows itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(value: String) -> Self {
        Self(value)
    }

    /// The value, for the one place that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Signing key.
pub const SECRET_KEY: Setting = Setting::secret(
    "SECRET_KEY",
    "the output of `manage generatesecret`",
    "Signs sessions and tokens. At least 32 characters. In DEBUG one is generated and kept in DATA_DIR.",
);
const JWT_SECRET_KEY: Setting = Setting::secret(
    "JWT_SECRET_KEY",
    "the output of `manage generatesecret`",
    "Signs API tokens; SECRET_KEY when absent.",
);
const ACCESS: Setting =
    Setting::new("JWT_ACCESS_TOKEN_LIFETIME", "1440", "1440", "Life of an access token, minutes.");
const REFRESH: Setting =
    Setting::new("JWT_REFRESH_TOKEN_LIFETIME", "7", "7", "Life of a refresh token, days.");
const REGISTRATION: Setting = Setting::new(
    "ALLOW_REGISTRATION",
    "",
    "False",
    "Whether anybody may register an account (without any role). Default: the value of DEBUG.",
);
const SESSION_AGE: Setting =
    Setting::new("SESSION_COOKIE_AGE", "1209600", "28800", "Life of a panel session, seconds.");
pub(super) const SETTINGS: &[Setting] =
    &[SECRET_KEY, JWT_SECRET_KEY, ACCESS, REFRESH, REGISTRATION, SESSION_AGE];

/// Log-in settings.
#[derive(Clone, Debug)]
pub struct Auth {
    /// Signs sessions; empty if it was not given.
    pub secret_key: Secret,
    /// Signs API tokens; empty if it was not given.
    pub jwt_secret: Secret,
    /// Life of an access token.
    pub access_lifetime: Duration,
    /// Life of a refresh token.
    pub refresh_lifetime: Duration,
    /// Whether anybody may register.
    pub allow_registration: bool,
    /// Life of a panel session.
    pub session_age: Duration,
}

/// Shortest signing key accepted.
pub const MIN_SECRET: usize = 32;

impl Auth {
    pub(super) fn read(source: &mut Source, debug: bool) -> Self {
        let secret_key = source.text(&SECRET_KEY);
        if (!debug || !secret_key.is_empty())
            && let Some(reason) = weakness(&secret_key, debug)
        {
            source.complain(&SECRET_KEY, reason);
        }
        let jwt_secret =
            source.given(&JWT_SECRET_KEY).map_or_else(|| secret_key.clone(), str::to_owned);
        if source.given(&JWT_SECRET_KEY).is_some()
            && let Some(reason) = weakness(&jwt_secret, debug)
        {
            source.complain(&JWT_SECRET_KEY, reason);
        }
        let minutes = source.number(&ACCESS, 1, 60 * 24 * 365);
        let days = source.number(&REFRESH, 1, 3_650);
        let seconds = source.number(&SESSION_AGE, 60, 60 * 60 * 24 * 365);
        Self {
            secret_key: Secret::new(secret_key),
            jwt_secret: Secret::new(jwt_secret),
            access_lifetime: Duration::minutes(i64::try_from(minutes).unwrap_or(1440)),
            refresh_lifetime: Duration::days(i64::try_from(days).unwrap_or(7)),
            allow_registration: optional_flag(source, &REGISTRATION, debug),
            session_age: Duration::seconds(i64::try_from(seconds).unwrap_or(1_209_600)),
        }
    }
}

pub(super) fn optional_flag(source: &mut Source, setting: &Setting, default: bool) -> bool {
    if source.given(setting).is_some() { source.flag(setting) } else { default }
}

/// Pieces of secrets that somebody was meant to replace.
pub const PLACEHOLDERS: &[&str] = &[
    "change",
    "example",
    "insecure",
    "replace",
    "your-",
    "your_",
    "tu-clave",
    "tu_clave",
    "clave_secreta",
    "secret_key",
    "cambia",
    "<",
    "xxxx",
];

/// Why a signing key cannot be used; `None` if it can.
fn weakness(key: &str, debug: bool) -> Option<String> {
    if key.is_empty() {
        return Some("it is required when DEBUG is False".into());
    }
    if debug {
        return None;
    }
    let lower = key.to_ascii_lowercase();
    if key.len() < MIN_SECRET {
        return Some(format!("it has {} characters, at least {MIN_SECRET} are needed", key.len()));
    }
    if let Some(word) = PLACEHOLDERS.iter().find(|word| lower.contains(*word)) {
        return Some(format!("it looks like an example (\"{word}\")"));
    }
    let distinct: std::collections::HashSet<char> = key.chars().collect();
    (distinct.len() < 8).then(|| "it repeats too few characters".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_refuses_weak_keys() {
        for weak in ["", "short", "change-me-change-me-change-me-change-me", &"ab".repeat(30)] {
            assert!(weakness(weak, false).is_some(), "{weak}");
        }
        assert_eq!(weakness("k3Jx9-Qw7_Zr2Lp8Vb5Nc1Mh6Gt4Fd0Sa", false), None);
    }

    #[test]
    fn secrets_do_not_show_themselves() {
        let auth = Auth::read(
            &mut Source::of(&[("SECRET_KEY", "k3Jx9-Qw7_Zr2Lp8Vb5Nc1Mh6Gt4Fd0Sa")]),
            false,
        );
        assert!(!format!("{auth:?}").contains("k3Jx9"));
    }
}
