//! What the import of places compares with.

use platform::db::{Conn, DbError, DbResult, Table, Value};

/// A row that is there.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// ISO2 or INEI code.
    pub code: Option<String>,
    /// Phone code or parent.
    pub other: Value,
    /// Whether it is soft-deleted.
    pub is_deleted: bool,
}

/// All rows of a table, deleted ones first, then the newest first: of equals, the last is the one to prefer.
pub fn known(
    conn: &mut Conn,
    table: &'static Table,
    code: &'static str,
    other: &'static str,
) -> DbResult<Vec<Known>> {
    let expected = "a described column";
    let kind = table.column(other).ok_or(DbError::Decode { column: other.into(), expected })?.kind;
    let sql = format!(
        "SELECT id, name, {code}, {other}, deleted_at IS NOT NULL AS is_deleted FROM {} \
         ORDER BY is_deleted DESC, id DESC",
        table.name
    );
    conn.rows(&sql, &[], |row| {
        Ok(Known {
            id: row.get("id")?,
            name: row.get("name")?,
            code: row.get(code)?,
            other: row.value(other, kind)?,
            is_deleted: row.get("is_deleted")?,
        })
    })
}

/// Whether countries and districts are there.
pub fn is_loaded(conn: &mut Conn) -> DbResult<bool> {
    let has = |conn: &mut Conn, table: &str| {
        conn.exists(&format!("SELECT 1 FROM {table} WHERE deleted_at IS NULL LIMIT 1"), &[])
    };
    Ok(has(conn, "countries")? && has(conn, "districts")?)
}
