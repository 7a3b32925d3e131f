//! What is done with therapists.

pub mod pictures;

use std::path::Path;

use chrono::NaiveDate;
use platform::db::{Changes, Tx};
use platform::error::{Error, FieldError, Refusal, Result};

use super::model::THERAPISTS;
use super::rules;
use crate::configurations::document_complaint;
use crate::locations;

/// Takes a therapist on and returns the id.
pub fn create(tx: &mut Tx<'_>, changes: &Changes, today: NaiveDate) -> Result<i64> {
    let mut row = changes.clone();
    row.set_default("is_active", true);
    check(tx, &row, today)?;
    tx.insert(&THERAPISTS, row)
}

/// Changes a therapist's data.
pub fn update(
    tx: &mut Tx<'_>,
    id: i64,
    changes: &Changes,
    today: NaiveDate,
    uploads: &Path,
) -> Result<()> {
    let before = tx.values_of(&THERAPISTS, id)?.ok_or_else(absent)?;
    check(tx, &changes.over(&before), today)?;
    tx.update(&THERAPISTS, id, changes.clone())?;
    let (old, new) = (before.text("profile_picture"), changes.text("profile_picture"));
    if changes.has("profile_picture") && old != new {
        pictures::forget(tx, id, old.unwrap_or_default(), uploads);
    }
    Ok(())
}

/// Lets a therapist go: hidden from lists, kept in past appointments.
pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if tx.soft_delete(&THERAPISTS, id, Changes::new().with("is_active", false))? {
        Ok(())
    } else {
        Err(absent())
    }
}

/// Takes a therapist back.
pub fn restore(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if tx.restore(&THERAPISTS, id, Changes::new().with("is_active", true))? {
        Ok(())
    } else {
        Err(absent())
    }
}

fn check(tx: &mut Tx<'_>, row: &Changes, today: NaiveDate) -> Result<()> {
    let mut complaints =
        rules::complaints(row.date("birth_date"), row.text("personal_reference"), today);
    let number = row.text("document_number").unwrap_or_default();
    complaints.extend(document_complaint(tx, row.int("document_type_id"), number)?);
    if let Some(mismatch) = locations::check_place(tx, row)? {
        let (_, message) = mismatch.complaint();
        complaints.push(FieldError { field: "non_field_errors".into(), code: "place", message });
    }
    if complaints.is_empty() { Ok(()) } else { Err(Refusal::fields(complaints).into()) }
}

/// There is no such therapist.
pub fn absent() -> Error {
    Refusal::not_found("therapists.not_found").into()
}

/// Writes therapists under consecutive ids and returns the first id. The rows are trusted.
pub fn import(tx: &mut Tx<'_>, rows: Vec<Changes>) -> Result<i64> {
    tx.insert_numbered(&THERAPISTS, rows)
}
