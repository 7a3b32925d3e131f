//! What is asked of the former program's roles and groups.

use platform::db::migrate::adopt::KEPT;
use platform::db::migrate::ledger::table_exists;
use platform::db::{Conn, DbResult};
use platform::params;
use platform::types::fold;

/// Id and name of each role of the table of that name.
pub fn former_roles(conn: &mut Conn, table: &str) -> DbResult<Vec<(i64, Option<String>)>> {
    conn.rows(&format!("SELECT id, name FROM `{table}` ORDER BY id"), &[], |row| {
        Ok((row.at(0)?, row.at(1)?))
    })
}

/// Active staff without superuser rights who hold no role.
pub fn staff_without_role(conn: &mut Conn) -> DbResult<Vec<i64>> {
    let sql = "SELECT id FROM users WHERE is_staff = 1 AND is_superuser = 0 AND is_active = 1 AND deleted_at IS NULL \
               AND id NOT IN (SELECT user_id FROM user_has_roles) ORDER BY id";
    conn.rows(sql, &[], |row| row.at(0))
}

/// How many active users may do nothing.
pub fn without_role(conn: &mut Conn) -> DbResult<i64> {
    let sql = "SELECT COUNT(*) FROM users WHERE is_superuser = 0 AND is_active = 1 AND deleted_at IS NULL \
               AND id NOT IN (SELECT user_id FROM user_has_roles)";
    conn.one(sql, &[])
}

/// Whether a user holds a role.
pub fn holds(conn: &mut Conn, user: i64, role: i64) -> DbResult<bool> {
    let sql = "SELECT 1 FROM user_has_roles WHERE user_id = ? AND role_id = ?";
    conn.exists(sql, &params![user, role])
}

/// Who was in which group, and the role that is called like it.
pub fn former_groups(conn: &mut Conn) -> DbResult<Vec<(i64, String, Option<i64>)>> {
    let (members, groups) = (format!("{KEPT}users_groups"), format!("{KEPT}auth_group"));
    if !table_exists(conn, &members)? || !table_exists(conn, &groups)? {
        return Ok(Vec::new());
    }
    let roles: Vec<(i64, String)> =
        conn.rows("SELECT id, name_fold FROM roles", &[], |row| Ok((row.at(0)?, row.at(1)?)))?;
    let sql = format!(
        "SELECT m.user_id, g.name FROM `{members}` m JOIN `{groups}` g ON g.id = m.group_id \
         JOIN users u ON u.id = m.user_id ORDER BY m.id"
    );
    conn.rows(&sql, &[], |row| {
        let name: String = row.at(1)?;
        let folded = fold(&name);
        let role = roles.iter().find(|(_, role)| *role == folded).map(|(id, _)| *id);
        Ok((row.at(0)?, name, role))
    })
}
