//! Patients' histories, with the patient's name.

use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row, Tx};
use platform::params;

const ROW_COLUMNS: &str =
    "h.id, h.patient_id, pt.name AS patient_first, pt.last_name_paternal AS patient_paternal";

const COLUMNS: &str = "h.id, h.patient_id, pt.name AS patient_first, pt.last_name_paternal AS patient_paternal, \
    h.testimony, h.private_observation, h.observation, h.height, h.weight, h.last_weight, h.menstruation, h.diu_type, \
    h.gestation, h.created_at, h.updated_at, h.deleted_at";

const JOIN: &str = " LEFT JOIN patients pt ON pt.id = h.patient_id";

/// Which histories a list shows; deleted ones never.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Of this patient.
    pub patient: Option<i64>,
    /// Of patients with these word beginnings.
    pub search: Option<String>,
}

/// A page of histories, the newest first; `None` if there is no such page.
pub fn list<T>(
    conn: &mut Conn,
    listed: &Listed,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    let filter = Filter::new()
        .and("h.deleted_at IS NULL")
        .equal("h.patient_id", listed.patient)
        .search("patients", "h.patient_id", listed.search.as_deref());
    Listing {
        columns: ROW_COLUMNS,
        table: "histories h",
        joins: JOIN,
        filter: &filter,
        order: " ORDER BY h.created_at DESC, h.id DESC",
        counted: None,
    }
    .page(conn, wanted, map)
}

/// One live history.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql =
        format!("SELECT {COLUMNS} FROM histories h{JOIN} WHERE h.id = ? AND h.deleted_at IS NULL");
    conn.first(&sql, &params![id], map)
}

/// Whose history it is, be it a deleted one.
pub fn patient_of(conn: &mut Conn, id: i64) -> DbResult<Option<i64>> {
    conn.scalar("SELECT patient_id FROM histories WHERE id = ?", &params![id])
}

/// A patient's live history.
pub fn live_of(conn: &mut Conn, patient: i64) -> DbResult<Option<i64>> {
    let sql = "SELECT id FROM histories WHERE patient_id = ? AND deleted_at IS NULL";
    conn.scalar(sql, &params![patient])
}

/// Whether there is such a live patient, who is held until the transaction ends: of two that open a history for the
/// same one, the second finds the first's.
pub fn hold_patient(tx: &mut Tx<'_>, patient: i64) -> DbResult<bool> {
    let hold = tx.for_update();
    let sql = format!("SELECT 1 FROM patients WHERE id = ? AND deleted_at IS NULL{hold}");
    tx.exists(&sql, &params![patient])
}
