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

fn columns() -> String {
    format!("{COLUMNS}, {DOCUMENT_TYPE_COLUMNS}, {PLACE_COLUMNS}")
}

fn joins() -> String {
    format!("{DOCUMENT_TYPE_JOIN}{PLACE_JOINS}")
}

/// A page of live patients, the newest first, found by the beginnings of their words; `None` if there is no
/// such page.
pub fn list<T>(
    conn: &mut Conn,
    term: Option<&str>,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    // The word index holds live patients only, but a page must not trust that for what it shows.
    let filter = Filter::new().and("t.deleted_at IS NULL").search("patients", "t.id", term);
    Listing {
        columns: &columns(),
        table: "patients t",
        joins: &joins(),
        filter: &filter,
        order: " ORDER BY t.id DESC",
        counted: term.is_none().then_some("patients"),
    }
    .page(conn, wanted, map)
}

/// How many live patients there are.
pub fn count(conn: &mut Conn) -> DbResult<u64> {
    let filter = Filter::new().and("t.deleted_at IS NULL");
    short(&filter).count(conn)
}

/// Visits live patients in short form, the newest first.
pub fn each(
    conn: &mut Conn,
    cap: u64,
    visit: impl FnMut(&Row<'_>) -> DbResult<ControlFlow<()>>,
) -> DbResult<()> {
    let filter = Filter::new().and("t.deleted_at IS NULL");
    short(&filter).each(conn, cap, visit)
}

fn short(filter: &Filter) -> Listing<'_> {
    Listing {
        columns: SHORT_COLUMNS,
        table: "patients t",
        joins: SHORT_JOINS,
        filter,
        order: " ORDER BY t.created_at DESC, t.id DESC",
        counted: Some("patients"),
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

/// The deleted patient with this document.
pub fn deleted_with_document(
    conn: &mut Conn,
    number: &str,
    type_key: i64,
) -> DbResult<Option<i64>> {
    let sql = "SELECT id FROM patients WHERE document_number = ? AND document_type_key = ? AND deleted_at IS NOT NULL";
    conn.scalar(sql, &params![number, type_key])
}

/// A namesake, with its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// Id.
    pub id: i64,
    /// Whether it was deleted.
    pub is_deleted: bool,
}

/// Somebody of the same full name and the same (or unknown) birth date; a live one first.
pub fn namesake(
    conn: &mut Conn,
    name: &str,
    paternal: Option<&str>,
    maternal: Option<&str>,
    birth: Option<NaiveDate>,
) -> DbResult<Option<Namesake>> {
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
    conn.first(&sql, filter.values(), |row| {
        Ok(Namesake { id: row.get("id")?, is_deleted: row.get("is_deleted")? })
    })
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
