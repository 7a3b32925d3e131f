//! The catalogue of diagnoses.

use platform::db::{Changes, Tx};
use platform::error::{Error, Refusal, Result};

use crate::patients::model::DIAGNOSES;
use crate::patients::queries::diagnoses as queries;
use crate::patients::rules;

/// A diagnosis that is in the catalogue now.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Its id.
    pub id: i64,
    /// Whether it had been deleted and came back.
    pub is_restored: bool,
}

/// Adds a diagnosis; a deleted one of the same code comes back, called as it is asked for now.
pub fn create(tx: &mut Tx<'_>, changes: &Changes) -> Result<Made> {
    check(changes)?;
    let code = changes.text("code").unwrap_or_default();
    if let Some(id) = queries::deleted_with_code(tx, code)? {
        tx.restore(&DIAGNOSES, id, Changes::new())?;
        tx.update(&DIAGNOSES, id, changes.clone())?;
        return Ok(Made { id, is_restored: true });
    }
    Ok(Made { id: tx.insert(&DIAGNOSES, changes.clone())?, is_restored: false })
}

/// Changes a diagnosis.
pub fn update(tx: &mut Tx<'_>, id: i64, changes: &Changes) -> Result<()> {
    check(changes)?;
    queries::find(tx, id, |_| Ok(()))?.ok_or_else(absent)?;
    tx.update(&DIAGNOSES, id, changes.clone())?;
    Ok(())
}

/// Takes a diagnosis out of the catalogue; records keep it.
pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if tx.soft_delete(&DIAGNOSES, id, Changes::new())? { Ok(()) } else { Err(absent()) }
}

fn check(changes: &Changes) -> Result<()> {
    match changes.text("code").and_then(rules::code_complaint) {
        Some(complaint) => Err(Refusal::fields(vec![complaint]).into()),
        None => Ok(()),
    }
}

/// There is no such diagnosis.
pub fn absent() -> Error {
    Refusal::not_found("patients.no_diagnosis").into()
}
