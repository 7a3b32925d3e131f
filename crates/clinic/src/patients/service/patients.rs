//! Register, change, remove and bring back patients.

use chrono::NaiveDate;
use platform::db::{Changes, Tx, Value};
use platform::error::{Error, FieldError, Refusal, Result};
use platform::i18n::Text;

use crate::configurations::document_complaint;
use crate::locations::{self, Mismatch};
use crate::patients::model::PATIENTS;
use crate::patients::queries::patients as queries;
use crate::patients::rules;

/// A patient who is, or may be, registered already.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The patient's id.
    pub id: i64,
    /// Whether it was deleted and could be brought back.
    pub restorable: bool,
}

/// What became of a registration.
#[derive(Clone, Copy, Debug)]
pub enum Registered {
    /// The new patient's id, and whether another patient has the same e-mail.
    New(i64, bool),
    /// Somebody is there already; nothing was written.
    Known(Known),
}

/// Registers a patient, unless somebody of the same document or the same name and birth date is there.
/// Families share names: `confirmed` says that it is really somebody else.
pub fn register(
    tx: &mut Tx<'_>,
    changes: &Changes,
    confirmed: bool,
    today: NaiveDate,
) -> Result<Registered> {
    let row = keyed(changes.clone());
    check(tx, &row, today)?;
    let number = row.text("document_number").unwrap_or_default();
    if let Some(id) = queries::deleted_with_document(
        tx,
        number,
        row.int("document_type_key").unwrap_or_default(),
    )? {
        return Ok(Registered::Known(Known { id, restorable: true }));
    }
    if !confirmed && let Some(namesake) = namesake(tx, &row)? {
        return Ok(Registered::Known(Known { id: namesake.id, restorable: namesake.is_deleted }));
    }
    let id = tx.insert(&PATIENTS, row.clone())?;
    Ok(Registered::New(id, shares_email(tx, &row, id)?))
}

fn namesake(tx: &mut Tx<'_>, row: &Changes) -> Result<Option<queries::Namesake>> {
    let name = row.text("name").unwrap_or_default();
    let (paternal, maternal) = (row.text("last_name_paternal"), row.text("last_name_maternal"));
    Ok(queries::namesake(tx, name, paternal, maternal, row.date("birth_date"))?)
}

/// Changes a patient's data; says whether another patient has the same e-mail.
pub fn change(tx: &mut Tx<'_>, id: i64, changes: &Changes, today: NaiveDate) -> Result<bool> {
    let before =
        tx.values_of(&PATIENTS, id)?.filter(|row| row.get("deleted_at") == Some(&Value::Null));
    let after = keyed(changes.over(&before.ok_or_else(absent)?));
    check(tx, &after, today)?;
    let mut written = changes.clone();
    if changes.has("document_type_id") {
        written.set("document_type_key", after.int("document_type_key"));
    }
    tx.update(&PATIENTS, id, written)?;
    if changes.has("email") { shares_email(tx, &after, id) } else { Ok(false) }
}

/// Removes a patient from the lists; appointments keep the name.
pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if tx.soft_delete(&PATIENTS, id, Changes::new())? { Ok(()) } else { Err(absent()) }
}

/// Brings a removed patient back.
pub fn restore(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if tx.restore(&PATIENTS, id, Changes::new())? { Ok(()) } else { Err(absent()) }
}

/// The key that makes a document unique within its kind: the kind's id, or 0 for none.
fn keyed(mut row: Changes) -> Changes {
    let kind = row.int("document_type_id").unwrap_or(0);
    row.set("document_type_key", kind);
    row
}

fn shares_email(tx: &mut Tx<'_>, row: &Changes, id: i64) -> Result<bool> {
    match row.text("email") {
        Some(email) => Ok(queries::email_is_used(tx, email, id)?),
        None => Ok(false),
    }
}

fn check(tx: &mut Tx<'_>, row: &Changes, today: NaiveDate) -> Result<()> {
    let number = row.text("document_number").unwrap_or_default();
    let kind = row.int("document_type_id");
    let mut complaints = rules::complaints(number, kind.is_some(), row.date("birth_date"), today);
    complaints.extend(document_complaint(tx, kind, number)?);
    if let Some(mismatch) = locations::check_place(tx, row)? {
        let (field, key) = match mismatch {
            Mismatch::Province => ("province", "locations.province_mismatch"),
            Mismatch::District => ("district", "locations.district_mismatch"),
        };
        complaints.push(FieldError { field: field.into(), code: "place", message: Text::key(key) });
    }
    if complaints.is_empty() { Ok(()) } else { Err(Refusal::fields(complaints).into()) }
}

/// There is no such patient.
pub fn absent() -> Error {
    Refusal::not_found("patients.not_found").into()
}
