//! The catalogue of appointment statuses, each with how many live appointments are in it.

use platform::db::filter::{Orderable, order_by};
use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row};
use platform::params;

// Appointments name their state as text in capitals; the catalogue's names may be written otherwise.
const COLUMNS: &str = "t.id, t.name, t.description, (SELECT COUNT(*) FROM appointments a WHERE a.appointment_status = \
    UPPER(t.name_fold) AND a.deleted_at IS NULL) AS appointments_count, t.created_at, t.updated_at, t.deleted_at";

const ORDERABLE: &[Orderable] = &[
    ("name", "t.name_fold"),
    ("created_at", "t.created_at"),
    ("updated_at", "t.updated_at"),
    ("id", "t.id"),
];

/// Which statuses a list shows.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Live (`true`), deleted (`false`), or both.
    pub is_active: Option<bool>,
    /// With this name.
    pub name: Option<String>,
    /// Whose name or description contains this.
    pub search: Option<String>,
    /// Order asked for.
    pub ordering: Option<String>,
}

/// A page of statuses by name; `None` if there is no such page.
pub fn list<T>(
    conn: &mut Conn,
    listed: &Listed,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    let filter = match listed.is_active {
        Some(true) => Filter::new().and("t.deleted_at IS NULL"),
        Some(false) => Filter::new().and("t.deleted_at IS NOT NULL"),
        None => Filter::new(),
    };
    let filter = filter
        .equal("t.name_fold", listed.name.as_deref().map(platform::types::fold))
        .contains(&["t.name_fold", "t.description_fold"], listed.search.as_deref());
    let order = order_by(listed.ordering.as_deref(), ORDERABLE, "t.name_fold, t.id", "t.id");
    Listing {
        columns: COLUMNS,
        table: "appointment_statuses t",
        joins: "",
        filter: &filter,
        order: &order,
        counted: None,
    }
    .page(conn, wanted, map)
}

/// All live statuses by name.
pub fn active<T>(conn: &mut Conn, map: impl FnMut(&Row<'_>) -> DbResult<T>) -> DbResult<Vec<T>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM appointment_statuses t WHERE t.deleted_at IS NULL ORDER BY t.name_fold LIMIT 1000"
    );
    conn.rows(&sql, &[], map)
}

/// One status, be it deleted.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    conn.first(
        &format!("SELECT {COLUMNS} FROM appointment_statuses t WHERE t.id = ?"),
        &params![id],
        map,
    )
}

/// The id of the deleted status with this name, to be taken back instead of made anew.
pub fn deleted_with_name(conn: &mut Conn, name: &str) -> DbResult<Option<i64>> {
    let sql = "SELECT id FROM appointment_statuses WHERE name_fold = ? AND deleted_at IS NOT NULL";
    conn.scalar(sql, &params![platform::types::fold(name)])
}

/// Whether the catalogue has any row.
pub fn is_empty(conn: &mut Conn) -> DbResult<bool> {
    Ok(!conn.exists("SELECT 1 FROM appointment_statuses LIMIT 1", &[])?)
}
