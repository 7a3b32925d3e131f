//! Register, change, remove and bring back patients.

use chrono::NaiveDate;
use platform::db::{Changes, Tx, Value};
use platform::error::{Error, FieldError, Refusal, Result};
use platform::i18n::Text;
use platform::types::time::midnight;

use crate::configurations::document_complaint;
use crate::locations;
use crate::patients::model::PATIENTS;
use crate::patients::queries::patients::{self as queries, Known};
use crate::patients::rules;

/// What became of a registration.
#[derive(Clone, Copy, Debug)]
pub enum Registered {
    /// The new patient's id, and whether another patient has the same e-mail.
    New(i64, bool),
    /// Somebody is there already; nothing was written.
    Known(Known),
}

/// Registers a patient, unless somebody of the same document or the same name and birth date is there.
/// Families share names: `confirmed` says that it is really somebody else. A document is nobody else's.
pub fn register(
    tx: &mut Tx<'_>,
    changes: &Changes,
    confirmed: bool,
    today: NaiveDate,
) -> Result<Registered> {
    let row = keyed(settled(changes.clone()));
    check(tx, &row, today)?;
    match holder(tx, &row)? {
        Some(known) if known.is_deleted => return Ok(Registered::Known(known)),
        // The unique index would say it too, but only after the question about the namesake, which is the same person.
        Some(_) => {
            let text = Text::key("error.unique");
            return Err(Refusal::field("document_number", "unique", text).into());
        }
        None => {}
    }
    if !confirmed && let Some(known) = namesake(tx, &row)? {
        return Ok(Registered::Known(known));
    }
    let id = tx.insert(&PATIENTS, row.clone())?;
    Ok(Registered::New(id, shares_email(tx, &row, id)?))
}

fn holder(tx: &mut Tx<'_>, row: &Changes) -> Result<Option<Known>> {
    let number = row.text("document_number").unwrap_or_default();
    Ok(queries::with_document(tx, number, row.int("document_type_key").unwrap_or_default())?)
}

fn namesake(tx: &mut Tx<'_>, row: &Changes) -> Result<Option<Known>> {
    let name = row.text("name").unwrap_or_default();
    let (paternal, maternal) = (row.text("last_name_paternal"), row.text("last_name_maternal"));
    Ok(queries::namesake(tx, name, paternal, maternal, row.date("birth_date"))?)
}

/// Changes a patient's data; says whether another patient has the same e-mail. Who may not see clinical content
/// (`sees_clinical`) cannot empty it: their form shows it empty and comes back so.
pub fn change(
    tx: &mut Tx<'_>,
    id: i64,
    changes: &Changes,
    sees_clinical: bool,
    today: NaiveDate,
) -> Result<bool> {
    let mut written = settled(changes.clone());
    if !sees_clinical && written.get("health_condition") == Some(&Value::Null) {
        written.remove("health_condition");
    }
    let before =
        tx.values_of(&PATIENTS, id)?.filter(|row| row.get("deleted_at") == Some(&Value::Null));
    let after = keyed(written.over(&before.ok_or_else(absent)?));
    check(tx, &after, today)?;
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

/// Values in the one form they are kept in: documents in capitals, since the index tells them apart and people do
/// not; a birth date at its midnight, so that two of one day are equal.
fn settled(mut row: Changes) -> Changes {
    if let Some(number) = row.text("document_number").map(str::to_ascii_uppercase) {
        row.set("document_number", number);
    }
    if let Some(day) = row.date("birth_date") {
        row.set("birth_date", midnight(day));
    }
    row
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
        let (field, message) = mismatch.complaint();
        complaints.push(FieldError { field: field.into(), code: "place", message });
    }
    if complaints.is_empty() { Ok(()) } else { Err(Refusal::fields(complaints).into()) }
}

/// There is no such patient.
pub fn absent() -> Error {
    Refusal::not_found("patients.not_found").into()
}
