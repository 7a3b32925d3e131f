//! Patients with their place and document type joined.

use std::ops::ControlFlow;

use chrono::NaiveDate;
use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row, Value};
use platform::params;
use platform::types::fold;
use platform::types::time::midnight;

use crate::configurations::{DOCUMENT_TYPE_COLUMNS, DOCUMENT_TYPE_JOIN};
use crate::locations::{PLACE_COLUMNS, PLACE_JOINS};

const COLUMNS: &str = "t.id, t.document_number, t.last_name_paternal, t.last_name_maternal, t.name, \
    t.personal_reference, t.birth_date, t.gender, t.phone1, t.phone2, t.email, t.ocupation, t.health_condition, \
    t.address, t.created_at, t.updated_at, t.deleted_at";

const SHORT_COLUMNS: &str = "t.id, t.document_number, t.last_name_paternal, t.last_name_maternal, t.name, \
    t.birth_date, t.gender, t.phone1, t.phone2, t.email, r.name AS region_name, dt.name AS document_type_name, t.created_at";

const SHORT_JOINS: &str = " LEFT JOIN regions r ON r.id = t.region_id LEFT JOIN document_types dt ON dt.id = t.document_type_id";

/// Which patients a list shows: live ones, and of those as asked.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// With this kind of document.
    pub document_type: Option<i64>,
    /// Of this region.
    pub region: Option<i64>,
    /// Of this province.
    pub province: Option<i64>,
    /// Of this district.
    pub district: Option<i64>,
    /// With these word beginnings.
    pub search: Option<String>,
}

impl Listed {
    fn filter(&self) -> Filter {
        // The word index holds live patients only, but a list must not trust that for what it shows.
        Filter::new()
            .and("t.deleted_at IS NULL")
            .equal("t.document_type_id", self.document_type)
            .equal("t.region_id", self.region)
            .equal("t.province_id", self.province)
            .equal("t.district_id", self.district)
            .search("patients", "t.id", self.search.as_deref())
    }

    /// The table whose kept count is the list's length, if the list is of all.
    fn counted(&self) -> Option<&'static str> {
        let asked = [self.document_type, self.region, self.province, self.district];
        let is_plain = asked.iter().all(Option::is_none) && self.search.is_none();
        is_plain.then_some("patients")
    }
}

pub(super) fn columns() -> String {
    format!("{COLUMNS}, {DOCUMENT_TYPE_COLUMNS}, {PLACE_COLUMNS}")
}

pub(super) fn joins() -> String {
    format!("{DOCUMENT_TYPE_JOIN}{PLACE_JOINS}")
}

/// A page of patients, the newest first; `None` if there is no such page.
pub fn list<T>(
    conn: &mut Conn,
    listed: &Listed,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    let filter = listed.filter();
    Listing {
        columns: &columns(),
        table: "patients t",
        joins: &joins(),
        filter: &filter,
        order: " ORDER BY t.id DESC",
        counted: listed.counted(),
    }
    .page(conn, wanted, map)
}

/// How many patients the list has.
pub fn count(conn: &mut Conn, listed: &Listed) -> DbResult<u64> {
    short(listed, &listed.filter()).count(conn)
}

/// Visits patients in short form, the newest first.
pub fn each(
    conn: &mut Conn,
    listed: &Listed,
    cap: u64,
    visit: impl FnMut(&Row<'_>) -> DbResult<ControlFlow<()>>,
) -> DbResult<()> {
    short(listed, &listed.filter()).each(conn, cap, visit)
}

fn short<'f>(listed: &Listed, filter: &'f Filter) -> Listing<'f> {
    Listing {
        columns: SHORT_COLUMNS,
        table: "patients t",
        joins: SHORT_JOINS,
        filter,
        order: " ORDER BY t.created_at DESC, t.id DESC",
        counted: listed.counted(),
    }
}

/// One live patient.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql = format!(
        "SELECT {} FROM patients t{} WHERE t.id = ? AND t.deleted_at IS NULL",
        columns(),
        joins()
    );
    conn.first(&sql, &params![id], map)
}

/// One patient, be it deleted: what a conflict shows.
pub fn find_any<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    conn.first(
        &format!("SELECT {} FROM patients t{} WHERE t.id = ?", columns(), joins()),
        &params![id],
        map,
    )
}

/// A patient who is, or may be, registered already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Id.
    pub id: i64,
    /// Whether it was deleted, and so could be brought back.
    pub is_deleted: bool,
}

/// The patient with this document.
pub fn with_document(conn: &mut Conn, number: &str, type_key: i64) -> DbResult<Option<Known>> {
    let sql = "SELECT id, deleted_at IS NOT NULL AS is_deleted FROM patients \
               WHERE document_number = ? AND document_type_key = ?";
    conn.first(sql, &params![number, type_key], known)
}

fn known(row: &Row<'_>) -> DbResult<Known> {
    Ok(Known { id: row.get("id")?, is_deleted: row.get("is_deleted")? })
}

/// Somebody of the same full name and the same (or unknown) birth date; a live one first.
pub fn namesake(
    conn: &mut Conn,
    name: &str,
    paternal: Option<&str>,
    maternal: Option<&str>,
    birth: Option<NaiveDate>,
) -> DbResult<Option<Known>> {
    let mut filter = Filter::new().and_with("t.name_fold = ?", &params![fold(name)]);
    for (column, value) in
        [("t.last_name_paternal_fold", paternal), ("t.last_name_maternal_fold", maternal)]
    {
        filter = match value {
            Some(text) => filter.and_with(&format!("{column} = ?"), &params![fold(text)]),
            None => filter.and(&format!("{column} IS NULL")),
        };
    }
    if let Some(birth) = birth {
        filter = filter
            .and_with("(t.birth_date IS NULL OR t.birth_date = ?)", &params![midnight(birth)]);
    }
    let sql = format!(
        "SELECT t.id, t.deleted_at IS NOT NULL AS is_deleted FROM patients t{} ORDER BY is_deleted, t.id LIMIT 1",
        filter.sql()
    );
    conn.first(&sql, filter.values(), known)
}

/// Whether another live patient has this e-mail.
pub fn email_is_used(conn: &mut Conn, email: &str, except: i64) -> DbResult<bool> {
    let sql =
        "SELECT 1 FROM patients WHERE email_fold = ? AND id <> ? AND deleted_at IS NULL LIMIT 1";
    conn.exists(sql, &[Value::from(fold(email)), Value::Int(except)])
}

/// The document numbers of all patients, deleted ones included.
pub fn document_numbers(conn: &mut Conn) -> DbResult<Vec<String>> {
    conn.rows("SELECT document_number FROM patients", &[], |row| row.at(0))
}

/// Whether there is such a live patient.
pub fn is_live(conn: &mut Conn, id: i64) -> DbResult<bool> {
    conn.exists("SELECT 1 FROM patients WHERE id = ? AND deleted_at IS NULL", &params![id])
}
