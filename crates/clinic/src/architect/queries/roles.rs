//! Roles and what they permit.

use platform::db::{Conn, DbResult};
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
