//! Medical records: what was found in whom, and when.

use chrono::NaiveDate;
use platform::db::{Changes, Tx, Value};
use platform::error::{Error, FieldError, Refusal, Result};
use platform::i18n::Text;

use crate::patients::model::MEDICAL_RECORDS;
use crate::patients::queries::{diagnoses, patients};
use crate::patients::rules;

/// State of a record unless it says otherwise.
const ACTIVE: &str = "active";

/// Writes a record and returns its id.
pub fn create(tx: &mut Tx<'_>, changes: &Changes, today: NaiveDate) -> Result<i64> {
    let mut row = changes.clone();
    if row.text("status").is_none_or(str::is_empty) {
        row.set("status", ACTIVE);
    }
    check(tx, &row, today)?;
    tx.insert(&MEDICAL_RECORDS, row)
}

/// Changes a record.
pub fn update(tx: &mut Tx<'_>, id: i64, changes: &Changes, today: NaiveDate) -> Result<()> {
    let before = tx.values_of(&MEDICAL_RECORDS, id)?;
    let before =
        before.filter(|row| row.get("deleted_at") == Some(&Value::Null)).ok_or_else(absent)?;
    // What a record refers to may have been deleted since; only what changes must be there.
    let mut row = Changes::new();
    for (name, value) in changes.iter().filter(|(name, value)| before.get(name) != Some(*value)) {
        row.set(name, value.clone());
    }
    if row.text("status").is_some_and(str::is_empty) {
        row.set("status", ACTIVE);
    }
    check(tx, &row, today)?;
    tx.update(&MEDICAL_RECORDS, id, row)?;
    Ok(())
}

/// Removes a record; the same diagnosis of the same day may be written again.
pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if tx.soft_delete(&MEDICAL_RECORDS, id, Changes::new())? { Ok(()) } else { Err(absent()) }
}

fn check(tx: &mut Tx<'_>, row: &Changes, today: NaiveDate) -> Result<()> {
    let mut complaints: Vec<FieldError> =
        rules::day_complaint(row.date("diagnosis_date"), today).into_iter().collect();
    if let Some(patient) = row.int("patient_id")
        && !patients::is_live(tx, patient)?
    {
        complaints.push(missing("patient_id", "patients.not_found"));
    }
    if let Some(diagnose) = row.int("diagnose_id")
        && !diagnoses::is_live(tx, diagnose)?
    {
        complaints.push(missing("diagnose_id", "patients.no_diagnosis"));
    }
    if complaints.is_empty() { Ok(()) } else { Err(Refusal::fields(complaints).into()) }
}

fn missing(field: &'static str, key: &'static str) -> FieldError {
    FieldError { field: field.into(), code: "does_not_exist", message: Text::key(key) }
}

/// There is no such record.
pub fn absent() -> Error {
    Refusal::not_found("patients.no_record").into()
}
