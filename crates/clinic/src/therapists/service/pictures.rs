//! Pictures of therapists.

use std::path::Path;

use platform::db::{Changes, Tx, Value};
use platform::error::Result;
use platform::storage;

use super::absent;
use crate::therapists::PHOTOS;
use crate::therapists::model::THERAPISTS;
use crate::therapists::queries;

/// Gives a live therapist a picture, or takes it away.
pub fn set(tx: &mut Tx<'_>, id: i64, address: Option<&str>, uploads: &Path) -> Result<()> {
    let before = queries::picture(tx, id)?.ok_or_else(absent)?;
    let value = address.map_or(Value::Null, Value::from);
    tx.update(&THERAPISTS, id, Changes::new().with("profile_picture", value))?;
    forget(tx, id, &before, uploads);
    Ok(())
}

/// The file that a therapist's row named goes once the row names another; a file of somebody else stays.
pub fn forget(tx: &mut Tx<'_>, id: i64, before: &str, uploads: &Path) {
    if PHOTOS.holds_for(before, id) {
        storage::remove_after_commit(tx, uploads, &PHOTOS, before);
    }
}
