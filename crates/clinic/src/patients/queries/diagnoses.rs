//! The catalogue of diagnoses.

use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row};
use platform::params;
use platform::types::fold;

/// Columns of a diagnosis `dg`, under prefixed names.
pub(super) const COLUMNS: &str = "dg.id AS dg_id, dg.code AS dg_code, dg.name AS dg_name, dg.created_at AS dg_created_at, \
    dg.updated_at AS dg_updated_at, dg.deleted_at AS dg_deleted_at";

fn listing(filter: &Filter, is_everything: bool) -> Listing<'_> {
    Listing {
        columns: COLUMNS,
        table: "diagnoses dg",
        joins: "",
        filter,
        order: " ORDER BY dg.code_fold, dg.id",
        counted: is_everything.then_some("diagnoses"),
    }
}

fn filter(search: Option<&str>) -> Filter {
    Filter::new().and("dg.deleted_at IS NULL").search("diagnoses", "dg.id", search)
}

/// A page of diagnoses by code; `None` if there is no such page.
pub fn list<T>(
    conn: &mut Conn,
    search: Option<&str>,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    listing(&filter(search), search.is_none()).page(conn, wanted, map)
}

/// One live diagnosis.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql =
        format!("SELECT {COLUMNS} FROM diagnoses dg WHERE dg.id = ? AND dg.deleted_at IS NULL");
    conn.first(&sql, &params![id], map)
}

/// The deleted diagnosis with this code.
pub fn deleted_with_code(conn: &mut Conn, code: &str) -> DbResult<Option<i64>> {
    let sql = "SELECT id FROM diagnoses WHERE code_fold = ? AND deleted_at IS NOT NULL";
    conn.scalar(sql, &params![fold(code)])
}

/// Whether there is such a live diagnosis.
pub fn is_live(conn: &mut Conn, id: i64) -> DbResult<bool> {
    conn.exists("SELECT 1 FROM diagnoses WHERE id = ? AND deleted_at IS NULL", &params![id])
}
