//! Roles and what they permit.

use platform::db::{Conn, DbResult, Row};
use platform::params;

/// The permissions that the user's roles give.
pub fn permissions_of(conn: &mut Conn, user_id: i64) -> DbResult<Vec<String>> {
    let sql = "SELECT DISTINCT p.name FROM user_has_roles u \
               JOIN role_has_permissions r ON r.role_id = u.role_id \
               JOIN permissions p ON p.id = r.permission_id WHERE u.user_id = ?";
    conn.rows(sql, &params![user_id], |row| row.at(0))
}

/// All permissions: id and name.
pub fn permissions(conn: &mut Conn) -> DbResult<Vec<(i64, String)>> {
    conn.rows("SELECT id, name FROM permissions", &[], |row| Ok((row.at(0)?, row.at(1)?)))
}

/// Whether a role of this id exists.
pub fn exists(conn: &mut Conn, id: i64) -> DbResult<bool> {
    conn.exists("SELECT 1 FROM roles WHERE id = ?", &params![id])
}

const ROLE_COLUMNS: &str = "id, name, guard_name, created_at, updated_at";

/// All roles by id.
pub fn list<T>(conn: &mut Conn, map: impl FnMut(&Row<'_>) -> DbResult<T>) -> DbResult<Vec<T>> {
    conn.rows(&format!("SELECT {ROLE_COLUMNS} FROM roles ORDER BY id"), &[], map)
}

/// One role.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    conn.first(&format!("SELECT {ROLE_COLUMNS} FROM roles WHERE id = ?"), &params![id], map)
}

/// Names of what a role permits.
pub fn permissions_of_role(conn: &mut Conn, role: i64) -> DbResult<Vec<String>> {
    let sql = "SELECT p.name FROM role_has_permissions r JOIN permissions p ON p.id = r.permission_id \
               WHERE r.role_id = ? ORDER BY p.name";
    conn.rows(sql, &params![role], |row| row.at(0))
}

/// What a role permits: row and permission.
pub fn permission_links(conn: &mut Conn, role: i64) -> DbResult<Vec<(i64, i64)>> {
    let sql = "SELECT id, permission_id FROM role_has_permissions WHERE role_id = ?";
    conn.rows(sql, &params![role], |row| Ok((row.at(0)?, row.at(1)?)))
}

const PERMISSION_COLUMNS: &str = "p.id, p.name, p.detail, p.guard_name, p.created_at, p.updated_at";

/// Permissions by name; of one role if it is named.
pub fn list_permissions<T>(
    conn: &mut Conn,
    role: Option<i64>,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Vec<T>> {
    match role {
        None => {
            let sql = format!("SELECT {PERMISSION_COLUMNS} FROM permissions p ORDER BY p.name");
            conn.rows(&sql, &[], map)
        }
        Some(role) => {
            let sql = format!(
                "SELECT {PERMISSION_COLUMNS} FROM role_has_permissions r \
                 JOIN permissions p ON p.id = r.permission_id WHERE r.role_id = ? ORDER BY p.name"
            );
            conn.rows(&sql, &params![role], map)
        }
    }
}

/// One permission.
pub fn find_permission<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql = format!("SELECT {PERMISSION_COLUMNS} FROM permissions p WHERE p.id = ?");
    conn.first(&sql, &params![id], map)
}
