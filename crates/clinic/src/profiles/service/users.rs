//! Making users and noting their log-ins.

use platform::db::{Changes, Tx};
use platform::error::Result;
use platform::types::time::Moment;

use crate::profiles::model::USERS;
use crate::profiles::queries;

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
        .with("email", normal_email(&user.email))
        .with("user_name", user.user_name.as_str())
        .with("password", user.password_hash.as_str())
        .with("document_number", user.document_number.clone())
        .with("name", user.name.as_str())
        .with("paternal_lastname", user.paternal_lastname.as_str())
        .with("maternal_lastname", user.maternal_lastname.as_str())
        .with("phone", user.phone.clone())
        .with("is_superuser", user.is_superuser)
        .with("is_staff", user.is_superuser)
        .with("is_active", true)
        .with("account_statement", "A")
        .with("password_change", false)
        .with("auth_epoch", first_epoch(tx.now()))
        .with("date_joined", tx.now());
    // A number that somebody asked for before is remembered as nobody's.
    tx.identities_changed();
    tx.insert(&USERS, row)
}

/// Seconds since 2020. A user who gets the number of an earlier one (after a `flush`, say) must not get that one's
/// tokens too, so epochs do not all begin with 1.
fn first_epoch(now: Moment) -> i64 {
    (now.timestamp() - 1_577_836_800).clamp(1, i64::from(i32::MAX) - 1_000_000)
}

/// Gives a user a new password. Whoever came in with the old one is out: tokens, sessions, remembered credentials.
pub fn change_password(tx: &mut Tx<'_>, id: i64, hash: &str) -> Result<bool> {
    let Some(epoch) = queries::epoch(tx, id)? else { return Ok(false) };
    let changes = Changes::new().with("password", hash).with("auth_epoch", epoch + 1);
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
