//! The catalogue of appointment statuses.

use platform::db::{Changes, Tx, Value};
use platform::error::{Error, Refusal, Result};

use crate::appointments::model::APPOINTMENT_STATUSES;
use crate::appointments::queries::statuses as queries;

/// Adds a status; one of the same name that was deleted comes back instead. Returns the id, and whether it
/// came back.
pub fn create(tx: &mut Tx<'_>, changes: &Changes) -> Result<(i64, bool)> {
    let row = described(changes, None);
    let deleted = match row.text("name") {
        Some(name) => queries::deleted_with_name(tx, name)?,
        None => None,
    };
    match deleted {
        Some(id) => {
            tx.restore(&APPOINTMENT_STATUSES, id, Changes::new())?;
            tx.update(&APPOINTMENT_STATUSES, id, row)?;
            Ok((id, true))
        }
        None => Ok((tx.insert(&APPOINTMENT_STATUSES, row)?, false)),
    }
}

/// Changes a status.
pub fn change(tx: &mut Tx<'_>, id: i64, changes: &Changes) -> Result<()> {
    let before = tx.values_of(&APPOINTMENT_STATUSES, id)?.ok_or_else(absent)?;
    tx.update(&APPOINTMENT_STATUSES, id, described(changes, Some(&before)))?;
    Ok(())
}

/// Takes a status out of use. Doing it twice changes nothing.
pub fn deactivate(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    exists(tx, id)?;
    tx.soft_delete(&APPOINTMENT_STATUSES, id, Changes::new()).map(|_| ())
}

/// Puts a status back into use. Doing it twice changes nothing.
pub fn activate(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    exists(tx, id)?;
    tx.restore(&APPOINTMENT_STATUSES, id, Changes::new()).map(|_| ())
}

fn exists(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    queries::find(tx, id, |_| Ok(()))?.ok_or_else(absent)
}

/// A status without a description is described by its name.
fn described(changes: &Changes, before: Option<&Changes>) -> Changes {
    let mut row = changes.clone();
    let stored = before.and_then(|before| before.text("description"));
    let is_empty = match row.get("description") {
        Some(Value::Text(text)) => text.is_empty(),
        Some(_) => true,
        None => stored.is_none_or(str::is_empty),
    };
    let name = row
        .text("name")
        .or_else(|| before.and_then(|before| before.text("name")))
        .map(str::to_owned);
    if is_empty && (row.has("description") || row.has("name")) {
        row.set("description", name);
    }
    row
}

/// There is no such status.
pub fn absent() -> Error {
    Refusal::not_found("appointments.status_not_found").into()
}
