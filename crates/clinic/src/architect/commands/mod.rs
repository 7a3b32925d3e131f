//! The operator's commands about accounts, and the password dialogue they share.

mod changepassword;
mod createsuperuser;

use platform::app::App;
use platform::auth::strength::weakness;
use platform::error::{Error, Result};
use platform::manage::{Command, output, terminal};

/// All of them.
pub fn all() -> Vec<Command> {
    vec![createsuperuser::command(), changepassword::command()]
}

/// Why a password is weak, as a sentence.
fn weakness_of(app: &App, password: &str) -> Option<String> {
    let (_, text) = weakness(password)?;
    Some(text.speak(app.program().texts, app.config().language))
}

/// What one round of the dialogue came to.
enum Typed {
    Password(String),
    Mistaken,
    Weak(String, String),
}

/// Asks for a new password, twice.
fn type_twice(app: &App) -> Result<Typed> {
    let password = terminal::ask_hidden("Password: ")?;
    let again = terminal::ask_hidden("Password (again): ")?;
    if password != again {
        output::refuse("Error: Your passwords didn't match.");
        return Ok(Typed::Mistaken);
    }
    if password.trim().is_empty() {
        output::refuse("Error: Blank passwords aren't allowed.");
        return Ok(Typed::Mistaken);
    }
    Ok(match weakness_of(app, &password) {
        Some(reason) => Typed::Weak(password, reason),
        None => Typed::Password(password),
    })
}

/// A dialogue that went wrong too often, or has nobody to go on with.
fn gave_up(what: &str, tries: usize) -> Error {
    Error::Failed(format!("Aborting {what} after {tries} attempts."))
}
