//! Companies: mostly one.

use std::ops::ControlFlow;

use platform::db::filter::{Orderable, order_by};
use platform::db::{Conn, DbResult, Filter, Listing, Row, Tx};
use platform::params;

const COLUMNS: &str = "c.id, c.company_name, c.company_logo, c.created_at, c.updated_at";

const ORDERABLE: &[Orderable] = &[
    ("id", "c.id"),
    ("company_name", "c.company_name_fold"),
    ("created_at", "c.created_at"),
    ("updated_at", "c.updated_at"),
];

/// Companies by name or as asked for, at most `cap`.
pub fn list<T>(
    conn: &mut Conn,
    ordering: Option<&str>,
    cap: u64,
    map: impl Fn(&Row<'_>) -> DbResult<T>,
) -> DbResult<Vec<T>> {
    let mut rows = Vec::new();
    Listing {
        columns: COLUMNS,
        table: "table_company_data c",
        joins: "",
        filter: &Filter::new(),
        order: &order_by(ordering, ORDERABLE, "c.company_name_fold, c.id", "c.id"),
        counted: None,
    }
    .each(conn, cap, |row| {
        rows.push(map(row)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}

/// One company.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql = format!("SELECT {COLUMNS} FROM table_company_data c WHERE c.id = ?");
    conn.first(&sql, &params![id], map)
}

/// A company's logo, held until the transaction ends: of two that replace it, the second removes the first's. Empty
/// if it has none, `None` if there is no such company.
pub fn logo(tx: &mut Tx<'_>, id: i64) -> DbResult<Option<String>> {
    let hold = tx.for_update();
    let sql =
        format!("SELECT COALESCE(company_logo, '') FROM table_company_data WHERE id = ?{hold}");
    tx.first(&sql, &params![id], |row| row.at(0))
}
