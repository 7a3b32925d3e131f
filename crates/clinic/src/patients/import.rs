//! Many patients at once.

use platform::db::{Changes, Conn, DbResult, Tx};
use platform::error::Result;

use super::model::PATIENTS;

/// Writes patients under consecutive ids and returns the first id. The rows are trusted.
pub fn import(tx: &mut Tx<'_>, rows: Vec<Changes>) -> Result<i64> {
    tx.insert_numbered(&PATIENTS, rows)
}

/// The document numbers of all patients, deleted ones included.
pub fn document_numbers(conn: &mut Conn) -> DbResult<Vec<String>> {
    conn.rows("SELECT document_number FROM patients", &[], |row| row.at(0))
}
