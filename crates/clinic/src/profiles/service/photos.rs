//! Photos of users.

use std::path::Path;

use platform::db::{Changes, Tx, Value};
use platform::error::{Error, Kind, Refusal, Result};
use platform::i18n::Text;
use platform::storage;

use crate::profiles::PHOTOS;
use crate::profiles::model::USERS;
use crate::profiles::queries;

/// Gives a user a photo: the address of a stored file, or one elsewhere on the web.
pub fn set(tx: &mut Tx<'_>, user: i64, address: &str, uploads: &Path) -> Result<()> {
    let before = queries::photo(tx, user)?.unwrap_or_default();
    tx.update(&USERS, user, Changes::new().with("photo_url", address))?;
    if before != address {
        forget(tx, user, &before, uploads);
    }
    Ok(())
}

/// Takes a user's photo away.
pub fn remove(tx: &mut Tx<'_>, user: i64, uploads: &Path) -> Result<()> {
    let before = queries::photo(tx, user)?.filter(|text| !text.is_empty());
    let before = before.ok_or_else(|| -> Error {
        Refusal::new(Kind::Invalid, "no_photo", Text::key("photos.none")).into()
    })?;
    tx.update(&USERS, user, Changes::new().with("photo_url", Value::Null))?;
    forget(tx, user, &before, uploads);
    Ok(())
}

/// The file that a user's row named goes once the row names another; a file of somebody else stays.
fn forget(tx: &mut Tx<'_>, user: i64, before: &str, uploads: &Path) {
    if PHOTOS.holds_for(before, user) {
        storage::remove_after_commit(tx, uploads, &PHOTOS, before);
    }
}
