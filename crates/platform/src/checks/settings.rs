//! Settings whose value cannot be used: the same that stop every other command, here with an id each.

use super::{Check, Found, Level, Look, Subject, Tag};

pub(super) const CHECKS: &[Check] = &[
    Check::new("config.E001", Level::Error, &[Tag::Settings], Look::Subject(unusable)),
    Check::new("config.W003", Level::Info, &[Tag::Settings], Look::Subject(blank)),
    Check::new("config.W004", Level::Info, &[Tag::Settings], Look::Subject(overruled)).deploy(),
    Check::new(
        "config.W005",
        Level::Warning,
        &[Tag::Settings],
        Look::Config(|_, s| unknown_ids(s)),
    ),
];

/// The settings in the order of their ids: the first is `config.E001`. Only ever append: people silence by id.
const NUMBERED: &[&str] = &[
    ".env",
    "DEBUG",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "ALLOW_SQLITE",
    "REDIS_URL",
    "TIME_ZONE",
    "LANGUAGE_CODE",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "DATABASE_NAME",
    "DATABASE_USER",
    "DATABASE_PASSWORD",
    "DATABASE_HOST",
    "DATABASE_PORT",
    "DATABASE_CONNECTIONS",
    "DATA_DIR",
    "CSRF_TRUSTED_ORIGINS",
    "CORS_ALLOW_ALL_ORIGINS",
    "CORS_ALLOWED_ORIGINS",
    "TRUSTED_PROXIES",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "REQUEST_TIMEOUT",
    "LOGIN_ATTEMPTS",
    "JWT_SECRET_KEY",
    "JWT_ACCESS_TOKEN_LIFETIME",
    "JWT_REFRESH_TOKEN_LIFETIME",
    "ALLOW_REGISTRATION",
    "SESSION_COOKIE_AGE",
    "STATIC_ROOT",
    "MEDIA_ROOT",
    "LOG_DIR",
    "LOG_RETENTION_DAYS",
    "BACKUP_DIR",
    "SECURE_SSL_REDIRECT",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "X_FRAME_OPTIONS",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SECURE",
    "SECRET_KEY_FALLBACKS",
    "SILENCED_SYSTEM_CHECKS",
    "LOG_FILE",
    "SLOW_QUERY_MS",
    "DATABASE_ADMIN_PASSWORD",
    "DJANGO_SUPERUSER_EMAIL",
    "DJANGO_SUPERUSER_USER_NAME",
    "DJANGO_SUPERUSER_USERNAME",
    "DJANGO_SUPERUSER_DOCUMENT_NUMBER",
    "DJANGO_SUPERUSER_PASSWORD",
    "EMAIL_BACKEND",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_FILE_PATH",
    "FRONTEND_URL",
    "VERIFICATION_CODE_IN_RESPONSE",
];

/// The id of a value of `setting` that cannot be used. Two of them have ids that Django gave.
pub(super) fn id(setting: &str) -> String {
    match setting {
        "SECURE_REFERRER_POLICY" => "security.E023".to_owned(),
        "SECURE_CROSS_ORIGIN_OPENER_POLICY" => "security.E024".to_owned(),
        _ => {
            let position = NUMBERED.iter().position(|name| *name == setting);
            // A setting without a number is one that a test complains of.
            position.map_or_else(|| "config.E000".to_owned(), |at| format!("config.E{:03}", at + 1))
        }
    }
}

fn unusable(subject: &Subject<'_>) -> Vec<Found> {
    let problems = subject.problems().iter();
    problems
        .map(|problem| {
            Found::new(format!("The value cannot be used: {}.", problem.reason))
                .hint(format!("For example {}={}", problem.name, problem.example))
                .about(problem.name)
                .id(id(problem.name))
        })
        .collect()
}

fn blank(subject: &Subject<'_>) -> Vec<Found> {
    let blanks = subject.source().in_file().filter(|line| line.is_blank);
    blanks
        .map(|line| {
            Found::new("It stands in .env without a value, which is the same as not at all.")
                .hint("Give it a value, or take the line out.")
                .about(line.name)
        })
        .collect()
}

fn overruled(subject: &Subject<'_>) -> Vec<Found> {
    let overruled = subject.source().in_file().filter(|line| line.is_overruled);
    overruled
        .map(|line| {
            Found::new("The environment has another value than .env; the environment's counts.")
                .hint("Keep it in one place.")
                .about(line.name)
        })
        .collect()
}

fn unknown_ids(subject: &Subject<'_>) -> Vec<Found> {
    let known = super::all(subject.program());
    let is_known = |id: &String| {
        known.iter().any(|(_, check)| check.id == id)
            || (0..=NUMBERED.len()).any(|number| *id == format!("config.E{number:03}"))
            || ["security.E023", "security.E024"].contains(&id.as_str())
    };
    let silenced = subject.silenced();
    silenced
        .iter()
        .filter(|id| !is_known(id))
        .map(|id| {
            Found::new(format!("\"{id}\" is no check of this program: nothing is silenced by it."))
                .hint("Copy the id from the output of `manage check`, such as security.W008.")
                .about("SILENCED_SYSTEM_CHECKS")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::config::SECTIONS;

    #[test]
    fn every_setting_has_an_id_of_its_own() {
        let mut ids = HashSet::new();
        for setting in SECTIONS.iter().flat_map(|(_, settings)| *settings) {
            let id = id(setting.name);
            assert_ne!(id, "config.E000", "append {} to NUMBERED", setting.name);
            assert!(ids.insert(id), "{} is there twice", setting.name);
        }
    }
}
