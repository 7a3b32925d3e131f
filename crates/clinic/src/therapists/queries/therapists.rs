//! Therapists with their place and document type joined.

use platform::db::filter::order_by;
use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row};
use platform::params;

use crate::configurations::{DOCUMENT_TYPE_COLUMNS, DOCUMENT_TYPE_JOIN};
use crate::locations::{PLACE_COLUMNS, PLACE_JOINS};

const COLUMNS: &str = "t.id, t.document_number, t.last_name_paternal, t.last_name_maternal, t.first_name, \
    t.birth_date, t.gender, t.personal_reference, t.is_active, t.phone, t.email, t.address, t.profile_picture, \
    t.license_number, t.ocupation, t.created_at, t.updated_at, t.deleted_at";

/// Which therapists a list shows.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Live (`true`), deleted (`false`), or both.
    pub live: Option<bool>,
    /// Of this region.
    pub region: Option<i64>,
    /// Of this province.
    pub province: Option<i64>,
    /// Of this district.
    pub district: Option<i64>,
    /// With these word beginnings.
    pub search: Option<String>,
}

fn columns() -> String {
    format!("{COLUMNS}, {DOCUMENT_TYPE_COLUMNS}, {PLACE_COLUMNS}")
}

fn joins() -> String {
    format!("{DOCUMENT_TYPE_JOIN}{PLACE_JOINS}")
}

/// A page of therapists by name; `None` if there is no such page.
pub fn list<T>(
    conn: &mut Conn,
    listed: &Listed,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    let is_plain = listed.live == Some(true)
        && listed.region.is_none()
        && listed.province.is_none()
        && listed.district.is_none()
        && listed.search.is_none();
    let filter = match listed.live {
        Some(true) => Filter::new().and("t.deleted_at IS NULL"),
        Some(false) => Filter::new().and("t.deleted_at IS NOT NULL"),
        None => Filter::new(),
    };
    let filter = filter
        .equal("t.region_id", listed.region)
        .equal("t.province_id", listed.province)
        .equal("t.district_id", listed.district)
        .search("therapists", "t.id", listed.search.as_deref());
    let order = order_by(None, &[], "t.first_name_fold, t.last_name_paternal_fold, t.id", "t.id");
    Listing {
        columns: &columns(),
        table: "therapists t",
        joins: &joins(),
        filter: &filter,
        order: &order,
        counted: is_plain.then_some("therapists"),
    }
    .page(conn, wanted, map)
}

/// One therapist.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    live: Option<bool>,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let state = match live {
        Some(true) => " AND t.deleted_at IS NULL",
        Some(false) => " AND t.deleted_at IS NOT NULL",
        None => "",
    };
    let sql = format!("SELECT {} FROM therapists t{} WHERE t.id = ?{state}", columns(), joins());
    conn.first(&sql, &params![id], map)
}

/// The document numbers of all therapists, deleted ones included.
pub fn document_numbers(conn: &mut Conn) -> DbResult<Vec<String>> {
    conn.rows("SELECT document_number FROM therapists", &[], |row| row.at(0))
}
