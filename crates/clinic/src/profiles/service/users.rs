//! Making users and noting their log-ins.

use platform::db::{Changes, Tx, Value};
use platform::error::{Error, FieldError, Refusal, Result};
use platform::i18n::Text;
use platform::types::fold;
use platform::types::time::Moment;

use crate::profiles::model::USERS;
use crate::profiles::queries::{self, LoginField, codes};

/// A user to be made.
#[derive(Clone, Debug, Default)]
pub struct NewUser {
    /// Log-in name; its domain is kept in lower case.
    pub email: String,
    /// Handle.
    pub user_name: String,
    /// Hash of the password.
    pub password_hash: String,
    /// Document number, unique when given.
    pub document_number: Option<String>,
    /// Given names.
    pub name: String,
    /// Paternal surname.
    pub paternal_lastname: String,
    /// Maternal surname.
    pub maternal_lastname: String,
    /// Phone.
    pub phone: Option<String>,
    /// May everything and enter the panel.
    pub is_superuser: bool,
}

/// Makes a user and returns the id. Duplicates are refused by field.
pub fn create(tx: &mut Tx<'_>, user: &NewUser) -> Result<i64> {
    let row = Changes::new()
        .with("email", user.email.as_str())
        .with("user_name", user.user_name.as_str())
        .with("password", user.password_hash.as_str())
        .with("document_number", user.document_number.clone())
        .with("name", user.name.as_str())
        .with("paternal_lastname", user.paternal_lastname.as_str())
        .with("maternal_lastname", user.maternal_lastname.as_str())
        .with("phone", user.phone.clone())
        .with("is_superuser", user.is_superuser)
        .with("is_staff", user.is_superuser);
    add(tx, row)
}

/// Makes a user of a row that has at least e-mail, handle and password hash.
pub fn add(tx: &mut Tx<'_>, mut row: Changes) -> Result<i64> {
    let email = normal_email(row.text("email").unwrap_or_default());
    row.set("email", email);
    for name in ["name", "paternal_lastname", "maternal_lastname"] {
        row.set_default(name, "");
    }
    for flag in ["is_superuser", "is_staff", "password_change"] {
        row.set_default(flag, false);
    }
    row.set_default("is_active", true);
    row.set_default("account_statement", "A");
    row.set("auth_epoch", first_epoch(tx.now()));
    row.set("date_joined", tx.now());
    refuse_anothers(tx, 0, &row)?;
    // A number that somebody asked for before is remembered as nobody's.
    tx.identities_changed();
    tx.insert(&USERS, row)
}

/// Complains of all values at once that another user has. Of two who come at the same time, the unique index
/// refuses one.
fn refuse_anothers(tx: &mut Tx<'_>, id: i64, row: &Changes) -> Result<()> {
    let mut complaints = Vec::new();
    for field in LoginField::ALL {
        let Some(value) = row.text(field.column()) else { continue };
        if queries::is_anothers(tx, field, value, id)? {
            let message = Text::key("error.unique");
            complaints.push(FieldError { field: field.column().into(), code: "unique", message });
        }
    }
    if complaints.is_empty() { Ok(()) } else { Err(Refusal::fields(complaints).into()) }
}

/// Changes a user. A new e-mail is not verified; who may not log in any more is out at once; somebody who may do
/// everything is always left.
pub fn change(tx: &mut Tx<'_>, id: i64, changes: &Changes) -> Result<()> {
    let epoch = queries::epoch(tx, id)?.ok_or_else(absent)?;
    let before = tx.values_of(&USERS, id)?.ok_or_else(absent)?;
    if before.moment("deleted_at").is_some() {
        return Err(absent());
    }
    let mut changes = changes.clone();
    if let Some(email) = changes.text("email").map(normal_email) {
        if fold(&email) != fold(before.text("email").unwrap_or_default())
            && !changes.has("email_verified_at")
        {
            changes.set("email_verified_at", Value::Null);
            // Codes went to the address that is his no more.
            codes::retire(tx, id, None)?;
        }
        changes.set("email", email);
    }
    let loses = |flag| before.bool(flag) == Some(true) && changes.bool(flag) == Some(false);
    if before.bool("is_superuser") == Some(true) && (loses("is_superuser") || loses("is_active")) {
        spare_last_superuser(tx, id)?;
    }
    if loses("is_active") {
        changes.set("auth_epoch", epoch + 1);
    }
    refuse_anothers(tx, id, &changes)?;
    tx.update(&USERS, id, changes)?;
    tx.identities_changed();
    Ok(())
}

/// Deletes a user: out at once, kept where others refer to them.
pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let epoch = queries::epoch(tx, id)?.ok_or_else(absent)?;
    spare_last_superuser(tx, id)?;
    let along = Changes::new().with("is_active", false).with("auth_epoch", epoch + 1);
    if !tx.soft_delete(&USERS, id, along)? {
        return Err(absent());
    }
    tx.identities_changed();
    Ok(())
}

/// Brings a deleted user back.
pub fn restore(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if !tx.restore(&USERS, id, Changes::new().with("is_active", true))? {
        return Err(absent());
    }
    tx.identities_changed();
    Ok(())
}

/// Refuses when nobody else is left who may do everything.
fn spare_last_superuser(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let is_one =
        queries::login_state(tx, id)?.is_some_and(|user| user.is_superuser && user.is_active);
    if is_one && !queries::has_other_superuser(tx, id)? {
        return Err(
            Refusal::conflict("last_superuser", Text::key("profiles.last_superuser")).into()
        );
    }
    Ok(())
}

/// There is no such user.
pub fn absent() -> Error {
    Refusal::not_found("profiles.not_found").into()
}

/// Seconds since 2020. A user who gets the number of an earlier one (after a `flush`, say) must not get that one's
/// tokens too, so epochs do not all begin with 1.
fn first_epoch(now: Moment) -> i64 {
    (now.timestamp() - 1_577_836_800).clamp(1, i64::from(i32::MAX) - 1_000_000)
}

/// Gives a user a new password. Whoever came in with the old one is out: tokens, sessions, remembered credentials.
pub fn change_password(tx: &mut Tx<'_>, id: i64, hash: &str) -> Result<bool> {
    let Some(epoch) = queries::epoch(tx, id)? else { return Ok(false) };
    let changes = Changes::new()
        .with("password", hash)
        .with("password_changed_at", tx.now())
        .with("auth_epoch", epoch + 1);
    let changed = tx.update(&USERS, id, changes)?;
    tx.identities_changed();
    Ok(changed)
}

/// The domain part in lower case, the local part as it is.
fn normal_email(email: &str) -> String {
    match email.trim().rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", domain.to_lowercase()),
        None => email.trim().to_owned(),
    }
}
