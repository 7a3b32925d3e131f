//! Passwords and keys: used twice, copied from an example, or none at all.

use super::deployment::{NEW_KEY, is_weak};
use super::{Check, Found, Level, Look, Subject, Tag};
use crate::config::auth::PLACEHOLDERS;
use crate::config::{Config, SECTIONS};
use crate::db::Location;

const SECURITY: &[Tag] = &[Tag::Security];

const fn check(
    id: &'static str,
    level: Level,
    look: fn(&Config, &Subject<'_>) -> Vec<Found>,
) -> Check {
    Check::new(id, level, SECURITY, Look::Config(look)).deploy()
}

pub(super) const CHECKS: &[Check] = &[
    check("secrets.W001", Level::Warning, |config, subject| {
        let is_same = subject.source().has("JWT_SECRET_KEY")
            && config.auth.jwt_secret == config.auth.secret_key;
        Found::when(is_same, || {
            Found::new("JWT_SECRET_KEY is SECRET_KEY again: who learns one has both.")
                .hint("Give it a value of its own, or take the line out.")
                .about("JWT_SECRET_KEY")
        })
    }),
    check("secrets.W002", Level::Warning, |config, subject| {
        let is_own = subject.source().has("JWT_SECRET_KEY");
        Found::when(is_own && is_weak(config.auth.jwt_secret.reveal()), || {
            Found::new(
                "JWT_SECRET_KEY is too easy to guess: whoever guesses it calls the API as anybody.",
            )
            .hint(NEW_KEY)
            .about("JWT_SECRET_KEY")
        })
    }),
    check("secrets.E003", Level::Error, |_, subject| examples(subject)),
    check("secrets.E004", Level::Error, |config, _| {
        let Some((_, password)) = account(config) else { return Vec::new() };
        Found::when(password.is_empty() || is_trivial(&password), || {
            Found::new("The database account has no password, or one that is tried first.")
                .hint("Give the account a long random one, and DATABASE_URL with it.")
                .about("DATABASE_URL")
        })
    }),
    check("secrets.W005", Level::Warning, |config, _| {
        let is_root = account(config).is_some_and(|(user, _)| user == "root");
        Found::when(is_root, || {
            Found::new(
                "The program enters the database as root, who may do everything to every database.",
            )
            .hint("Make an account that owns this one database only.")
            .about("DATABASE_URL")
        })
    }),
];

/// Passwords that are tried first.
const TRIVIAL: &[&str] = &[
    "123456",
    "12345678",
    "123456789",
    "admin",
    "admin123",
    "clave",
    "contraseña",
    "mysql",
    "pass",
    "password",
    "qwerty",
    "root",
    "rootpassword",
    "s3cret",
    "secret",
    "examplepassword",
    "test",
    "user",
];

fn is_trivial(password: &str) -> bool {
    TRIVIAL.iter().any(|known| known.eq_ignore_ascii_case(password))
}

fn examples(subject: &Subject<'_>) -> Vec<Found> {
    let settings = SECTIONS.iter().flat_map(|(_, settings)| *settings);
    settings
        .filter(|setting| setting.is_secret || setting.name == "DATABASE_URL")
        .filter(|setting| {
            subject.source().given(setting).is_some_and(|value| {
                let value = value.to_lowercase();
                // An address may well end in .example; a secret that says so was copied.
                let secret =
                    if setting.name.ends_with("_URL") { password_of(&value) } else { &value };
                value == setting.example || PLACEHOLDERS.iter().any(|word| secret.contains(word))
            })
        })
        .map(|setting| {
            Found::new("The value was copied from an example: everybody knows it.")
                .hint("Put a secret of your own there.")
                .about(setting.name)
        })
        .collect()
}

fn password_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let account = rest.rsplit_once('@').map_or("", |(account, _)| account);
    account.split_once(':').map_or("", |(_, password)| password)
}

/// User and password of a database server.
fn account(config: &Config) -> Option<(String, String)> {
    let Location::Server(url) = &config.database.location else { return None };
    let options = mysql::Opts::from_url(url).ok()?;
    let text = |value: Option<&str>| value.unwrap_or("").to_owned();
    Some((text(options.get_user()), text(options.get_pass())))
}
