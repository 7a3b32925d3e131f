//! Many patients at once.

use platform::db::{Changes, Tx};
use platform::error::Result;

use crate::patients::model::PATIENTS;

/// Writes patients under consecutive ids and returns the first id. The rows are trusted.
pub fn import(tx: &mut Tx<'_>, rows: Vec<Changes>) -> Result<i64> {
    tx.insert_numbered(&PATIENTS, rows)
}
