//! What is checked of the users: that there is an administrator, and that nobody guesses the password.

use std::time::{Duration, Instant};

use platform::auth::password::{self, Verdict};
use platform::checks::{Check, Found, Level, Look, Subject, Tag};
use platform::db::Conn;
use platform::error::Result;

use super::queries::{self, Superuser};

/// The module's checks.
pub const ALL: &[Check] = &[
    Check::new("profiles.E001", Level::Error, &[Tag::Data, Tag::Security], Look::Rows(trivial))
        .deploy(),
    Check::new("profiles.W002", Level::Warning, &[Tag::Data], Look::Rows(nobody)).deploy(),
    Check::new("profiles.W003", Level::Warning, &[Tag::Data, Tag::Security], Look::Rows(examples))
        .deploy(),
];

/// Passwords that are tried first, and that installations are delivered with.
const TRIVIAL: &[&str] = &[
    "admin",
    "admin123",
    "password",
    "123456",
    "12345678",
    "123456789",
    "administrador",
    "clave",
    "clave123",
    "root",
    "secret",
    "qwerty",
    "changeme",
    "contraseña",
    "1234",
];

/// Superusers whose passwords are tried.
const TRIED: i64 = 10;
/// Trying a password costs what a log-in costs; what is not done by then is left.
const TIME: Duration = Duration::from_secs(3);

fn trivial(conn: &mut Conn, _subject: &Subject<'_>) -> Result<Vec<Found>> {
    let mut waiting = queries::superusers(conn, TRIED)?;
    let (began, mut found) = (Instant::now(), Vec::new());
    // One guess for everybody, then the next: the likeliest first when time is short.
    for number in 0..TRIVIAL.len() + 2 {
        let mut left = Vec::new();
        for user in waiting {
            if began.elapsed() > TIME {
                return Ok(found);
            }
            if password::verify(guess(&user, number), &user.hash)? == Verdict::Wrong {
                left.push(user);
            } else {
                found.push(
                    Found::new("A superuser has a password that everybody tries first.")
                        .hint("Change it now: the user's own page, or `manage changepassword`.")
                        .about(user.user_name),
                );
            }
        }
        waiting = left;
    }
    Ok(found)
}

/// The n-th password to try: the user's own names, then the known ones.
fn guess(user: &Superuser, number: usize) -> &str {
    match number {
        0 => &user.user_name,
        1 => user.email.split('@').next().unwrap_or(""),
        other => TRIVIAL.get(other - 2).copied().unwrap_or(""),
    }
}

fn nobody(conn: &mut Conn, _subject: &Subject<'_>) -> Result<Vec<Found>> {
    let is_missing = !queries::has_superuser(conn)?;
    Ok(Found::when(is_missing, || {
        Found::new("There is no administrator: nobody can make users or change settings.")
            .hint("manage createsuperuser")
            .about("users")
    }))
}

fn examples(conn: &mut Conn, _subject: &Subject<'_>) -> Result<Vec<Found>> {
    let names = queries::with_example_address(conn, TRIED)?;
    Ok(Found::when(!names.is_empty(), || {
        Found::new(format!(
            "Users of a demonstration may log in, all with one password: {}.",
            names.join(", ")
        ))
        .hint("Deactivate them.")
        .about("users")
    }))
}
