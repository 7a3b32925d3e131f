//! Entries of any catalogue.

use platform::db::{Conn, DbResult, Row};
use platform::params;

use crate::configurations::catalogue::Catalogue;

/// Live entries by name.
pub fn list<T>(
    conn: &mut Conn,
    catalogue: &Catalogue,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Vec<T>> {
    let sql = format!(
        "SELECT {} FROM {} WHERE deleted_at IS NULL ORDER BY name_fold, id",
        catalogue.columns.join(", "),
        catalogue.table.name
    );
    conn.rows(&sql, &[], map)
}

/// One live entry.
pub fn find<T>(
    conn: &mut Conn,
    catalogue: &Catalogue,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql = format!(
        "SELECT {} FROM {} WHERE id = ? AND deleted_at IS NULL",
        catalogue.columns.join(", "),
        catalogue.table.name
    );
    conn.first(&sql, &params![id], map)
}

/// The deleted entry of that folded name.
pub fn find_deleted(conn: &mut Conn, catalogue: &Catalogue, folded: &str) -> DbResult<Option<i64>> {
    let table = catalogue.table.name;
    let sql = format!("SELECT id FROM {table} WHERE name_fold = ? AND deleted_at IS NOT NULL");
    conn.scalar(&sql, &params![folded])
}

/// Whether it never had an entry, not even one that is deleted by now.
pub fn is_untouched(conn: &mut Conn, catalogue: &Catalogue) -> DbResult<bool> {
    let sql = format!("SELECT 1 FROM {} LIMIT 1", catalogue.table.name);
    Ok(!conn.exists(&sql, &[])?)
}

/// Ids and names of live entries, the oldest first.
pub fn names(conn: &mut Conn, catalogue: &Catalogue) -> DbResult<Vec<(i64, String)>> {
    let table = catalogue.table.name;
    let sql = format!("SELECT id, name FROM {table} WHERE deleted_at IS NULL ORDER BY id");
    conn.rows(&sql, &[], |row| Ok((row.at(0)?, row.at(1)?)))
}
