//! Addresses that are proved, addresses that change, and passwords that are set anew.

use platform::auth::code::Codes;
use platform::auth::strength::resembles;
use platform::db::{Changes, Tx};
use platform::error::{FieldError, Refusal, Result};
use platform::i18n::Text;
use platform::types::fold;
use platform::types::time::Moment;

use super::codes::{self, Purpose, Typed};
use super::letters::Post;
use super::{absent, change, change_password};
use crate::profiles::model::USERS;
use crate::profiles::queries::{self, LoginField, profiles};

/// What a code is checked with.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// Hashes codes.
    pub codes: &'a Codes,
    /// What was typed.
    pub code: &'a str,
    /// Whose code it is said to be; without it the code must tell.
    pub email: Option<&'a str>,
}

/// Sends a user a code to the address he has.
pub fn send(
    tx: &mut Tx<'_>,
    codes: &Codes,
    post: &Post,
    user: i64,
    purpose: Purpose,
    code: &str,
) -> Result<Moment> {
    let expires_at = codes::issue(tx, codes, user, purpose, None, code)?;
    post.code(tx, user, purpose, None, code)?;
    Ok(expires_at)
}

/// Sends a code to the address that a user wants to have. `field` is blamed if another user has it.
pub fn begin_email_change(
    tx: &mut Tx<'_>,
    codes: &Codes,
    post: &Post,
    user: i64,
    (field, address): (&'static str, &str),
    code: &str,
) -> Result<Moment> {
    if queries::is_anothers(tx, LoginField::Email, address, user)? {
        return Err(Refusal::field(field, "unique", Text::key("profiles.email_taken")).into());
    }
    let expires_at = codes::issue(tx, codes, user, Purpose::NewEmail, Some(address), code)?;
    post.code(tx, user, Purpose::NewEmail, Some(address), code)?;
    Ok(expires_at)
}

/// What confirming a new address came to.
#[derive(Clone, Debug)]
pub enum Confirmed {
    /// This is the user's address now.
    Now(String),
    /// The code was not the one.
    Refused(Typed),
}

/// Makes the address that a code was sent to the user's, if nobody else took it meanwhile; the former address is told.
pub fn confirm_email_change(
    tx: &mut Tx<'_>,
    codes: &Codes,
    post: &Post,
    user: i64,
    code: &str,
) -> Result<Confirmed> {
    let typed = codes::check(tx, codes, user, Purpose::NewEmail, code)?;
    let Typed::Right(stored) = typed else { return Ok(Confirmed::Refused(typed)) };
    let address = stored.target.unwrap_or_default();
    let former = profiles::addressee(tx, user)?.ok_or_else(absent)?.email;
    if queries::is_anothers(tx, LoginField::Email, &address, user)? {
        return Err(Refusal::field("new_email", "unique", Text::key("profiles.email_taken")).into());
    }
    let now = tx.now();
    let changes = Changes::new().with("email", address.as_str()).with("email_verified_at", now);
    change(tx, user, &changes)?;
    if fold(&former) != fold(&address) {
        // Codes that went to the former address, such as one for a new password.
        queries::codes::retire(tx, user, None)?;
        post.email_changed(tx, user, &former)?;
    }
    let address = profiles::addressee(tx, user)?.ok_or_else(absent)?.email;
    Ok(Confirmed::Now(address))
}

/// Notes that a user's address was proved; `Wrong`, `Expired` or `Locked` if it was not.
pub fn verify_email(tx: &mut Tx<'_>, attempt: Attempt<'_>) -> Result<Typed> {
    let typed = typed(tx, attempt, Purpose::Email)?;
    if let Typed::Right(stored) = &typed {
        let now = tx.now();
        tx.update(&USERS, stored.user_id, Changes::new().with("email_verified_at", now))?;
    }
    Ok(typed)
}

/// Sets a new password for whoever has the code. All log-ins end.
pub fn reset_password(
    tx: &mut Tx<'_>,
    attempt: Attempt<'_>,
    password: &str,
    hash: &str,
) -> Result<Typed> {
    let typed = typed(tx, attempt, Purpose::Password)?;
    let Typed::Right(stored) = &typed else { return Ok(typed) };
    let user = stored.user_id;
    let is_active = queries::login_state(tx, user)?.is_some_and(|state| state.is_active);
    let Some(secrets) = profiles::secrets(tx, user)?.filter(|_| is_active) else {
        return Ok(Typed::Wrong);
    };
    let personal = secrets.personal.iter().map(String::as_str);
    if let Some((code, message)) = resembles(password, personal) {
        // The code stays good: this refusal takes its use back.
        let complaint = FieldError { field: "new_password".into(), code, message };
        return Err(Refusal::fields(vec![complaint]).into());
    }
    change_password(tx, user, hash)?;
    // Who reads the address's mail has it.
    let now = tx.now();
    let mut changes = Changes::new().with("password_change", false);
    changes.set("email_verified_at", now);
    tx.update(&USERS, user, changes)?;
    Ok(typed)
}

fn typed(tx: &mut Tx<'_>, attempt: Attempt<'_>, purpose: Purpose) -> Result<Typed> {
    let Some(email) = attempt.email else {
        return codes::check_alone(tx, attempt.codes, purpose, attempt.code);
    };
    // Nobody has the id 0: for an unknown address the same is done as for one without a code.
    let user = profiles::by_email(tx, email)?.map_or(0, |(user, _)| user);
    codes::check(tx, attempt.codes, user, purpose, attempt.code)
}
