//! Therapists with their place and document type joined.

use platform::db::filter::{contains, order_by};
use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row, Tx, search};
use platform::params;
use platform::types::fold::{fold, words};

use crate::configurations::{DOCUMENT_TYPE_COLUMNS, DOCUMENT_TYPE_JOIN};
use crate::locations::{PLACE_COLUMNS, PLACE_JOINS};

const COLUMNS: &str = "t.id, t.document_number, t.last_name_paternal, t.last_name_maternal, t.first_name, \
    t.birth_date, t.gender, t.personal_reference, t.is_active, t.phone, t.email, t.address, t.profile_picture, \
    t.license_number, t.ocupation, t.created_at, t.updated_at, t.deleted_at";

/// Tables whose names a search looks into, and what refers to them: few rows each.
const NAMED: [(&str, &str); 4] = [
    ("document_types", "document_type_id"),
    ("regions", "region_id"),
    ("provinces", "province_id"),
    ("districts", "district_id"),
];

/// Words of a search that count, and letters of a word.
const WORDS: usize = 6;
const LETTERS: usize = 40;

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
        .equal("t.district_id", listed.district);
    let filter = match listed.search.as_deref().map(str::trim).filter(|term| !term.is_empty()) {
        Some(term) => sought(filter, term),
        None => filter,
    };
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

/// Adds that each word typed begins a word of the therapist's own, or stands in the name of the place or of the kind of
/// document. A term without a word finds nothing.
fn sought(filter: Filter, term: &str) -> Filter {
    let Some((own, mut values)) = search::condition("therapists", "t.id", term) else {
        return filter.and("1 = 0");
    };
    let index = search::index_name("therapists");
    let mut each = Vec::new();
    let folded = fold(term);
    for word in words(&folded).take(WORDS) {
        let word: String = word.chars().take(LETTERS).collect();
        let (low, high) = search::prefix_range(&word);
        let mut ways = vec![format!(
            "t.id IN (SELECT w.row_id FROM {index} w WHERE w.word >= ? AND w.word < ?)"
        )];
        values.extend(params![low, high]);
        for (table, column) in NAMED {
            let (condition, pattern) = contains(&["n.name_fold"], &word);
            ways.push(format!("t.{column} IN (SELECT n.id FROM {table} n WHERE {condition})"));
            values.extend(pattern);
        }
        each.push(format!("({})", ways.join(" OR ")));
    }
    filter.and_with(&format!("({own} OR ({}))", each.join(" AND ")), &values)
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

/// A live therapist's picture, held until the transaction ends; empty if there is none, `None` if there is no such
/// therapist.
pub fn picture(tx: &mut Tx<'_>, id: i64) -> DbResult<Option<String>> {
    let hold = tx.for_update();
    let sql = format!(
        "SELECT COALESCE(profile_picture, '') FROM therapists WHERE id = ? AND deleted_at IS NULL{hold}"
    );
    tx.first(&sql, &params![id], |row| row.at(0))
}
