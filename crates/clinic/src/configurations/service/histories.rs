//! Patients' histories: one live one each.

use platform::db::{Changes, Tx, Value};
use platform::error::{Error, Kind, Refusal, Result};
use platform::i18n::Text;

use crate::configurations::model::HISTORIES;
use crate::configurations::queries::histories as queries;

/// Opens a patient's history and returns its id.
pub fn open(tx: &mut Tx<'_>, patient: i64) -> Result<i64> {
    reserve(tx, patient, None)?;
    let row = Changes::new()
        .with("patient_id", patient)
        .with("testimony", true)
        .with("menstruation", true)
        .with("gestation", true);
    tx.insert(&HISTORIES, row)
}

/// Changes a history. Who may not see the private observation (`sees_private`) neither empties nor writes it: their
/// form shows it empty and comes back so.
pub fn update(tx: &mut Tx<'_>, id: i64, changes: &Changes, sees_private: bool) -> Result<()> {
    let mut changes = changes.clone();
    if !sees_private {
        match changes.remove("private_observation") {
            None | Some(Value::Null) => {}
            Some(_) => {
                let text = Text::key("configurations.private_observation");
                return Err(Refusal::new(Kind::Forbidden, "permission_denied", text).into());
            }
        }
    }
    let before = queries::find(tx, id, |row| row.get::<i64>("patient_id"))?.ok_or_else(absent)?;
    if let Some(patient) = changes.int("patient_id").filter(|patient| *patient != before) {
        reserve(tx, patient, Some(id))?;
    }
    tx.update(&HISTORIES, id, changes)?;
    Ok(())
}

/// Closes a history; appointments keep it, and the patient may get a new one.
pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if tx.soft_delete(&HISTORIES, id, Changes::new())? { Ok(()) } else { Err(absent()) }
}

/// Brings a closed history back, unless the patient has another by now.
pub fn restore(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let patient = queries::patient_of(tx, id)?.ok_or_else(absent)?;
    reserve(tx, patient, Some(id))?;
    if tx.restore(&HISTORIES, id, Changes::new())? { Ok(()) } else { Err(absent()) }
}

/// Makes sure that a patient is there and has no live history but `own`.
fn reserve(tx: &mut Tx<'_>, patient: i64, own: Option<i64>) -> Result<()> {
    if !queries::hold_patient(tx, patient)? {
        let text = Text::key("configurations.no_patient");
        return Err(Refusal::field("patient", "does_not_exist", text).into());
    }
    match queries::live_of(tx, patient)?.filter(|found| Some(*found) != own) {
        Some(existing) => {
            let text = Text::key("configurations.history_exists");
            let refusal = Refusal::conflict("history_exists", text);
            Err(refusal.with("existing_history_id", existing).into())
        }
        None => Ok(()),
    }
}

/// There is no such history.
pub fn absent() -> Error {
    Refusal::not_found("configurations.no_history").into()
}
