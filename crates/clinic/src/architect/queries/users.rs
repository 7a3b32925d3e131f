//! Users as their administrator sees them: with their roles.

use std::collections::HashMap;
use std::ops::ControlFlow;

use platform::db::filter::order_by;
use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row, Value};
use platform::params;
use platform::types::fold;

const COLUMNS: &str = "u.id, u.user_name, u.email, u.name, u.paternal_lastname, u.maternal_lastname, u.phone, u.sex, \
    u.document_number, u.document_type_id, u.country_id, u.photo_url, u.account_statement, u.is_active, u.is_staff, \
    u.is_superuser, u.password_change, u.email_verified_at, u.last_login, u.date_joined, u.created_at, u.updated_at, \
    u.deleted_at, (SELECT GROUP_CONCAT(h.role_id) FROM user_has_roles h WHERE h.user_id = u.id) AS role_ids";

/// Names a client may order by.
const ORDERS: &[(&str, &str)] = &[
    ("id", "u.id"),
    ("user_name", "u.user_name_fold"),
    ("username", "u.user_name_fold"),
    ("email", "u.email_fold"),
    ("name", "u.name_fold"),
    ("paternal_lastname", "u.paternal_lastname_fold"),
    ("created_at", "u.created_at"),
    ("updated_at", "u.updated_at"),
    ("last_login", "u.last_login"),
];

/// Which users a list shows.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Live (`true`), deleted (`false`), or both.
    pub live: Option<bool>,
    /// Who may log in, or may not.
    pub is_active: Option<bool>,
    /// Who may enter the panel, or may not.
    pub is_staff: Option<bool>,
    /// Who may everything, or not.
    pub is_superuser: Option<bool>,
    /// Who holds this role.
    pub role: Option<i64>,
    /// Whose names, address or document contain this.
    pub search: Option<String>,
    /// Order asked for.
    pub ordering: Option<String>,
}

/// Names of all roles by id.
pub type RoleNames = HashMap<i64, String>;

/// Names of all roles.
pub fn role_names(conn: &mut Conn) -> DbResult<RoleNames> {
    let rows: Vec<(i64, String)> =
        conn.rows("SELECT id, name FROM roles", &[], |row| Ok((row.at(0)?, row.at(1)?)))?;
    Ok(rows.into_iter().collect())
}

fn filter(listed: &Listed) -> Filter {
    let filter = match listed.live {
        Some(true) => Filter::new().and("u.deleted_at IS NULL"),
        Some(false) => Filter::new().and("u.deleted_at IS NOT NULL"),
        None => Filter::new(),
    };
    let filter = filter
        .equal("u.is_active", listed.is_active)
        .equal("u.is_staff", listed.is_staff)
        .equal("u.is_superuser", listed.is_superuser);
    let filter = match listed.role {
        Some(role) => filter.and_with(
            "EXISTS (SELECT 1 FROM user_has_roles r WHERE r.user_id = u.id AND r.role_id = ?)",
            &params![role],
        ),
        None => filter,
    };
    matching(filter, listed.search.as_deref())
}

/// Each word typed must be in a name or the address, or all of it be the document number.
fn matching(mut filter: Filter, term: Option<&str>) -> Filter {
    let Some(term) = term.map(str::trim).filter(|term| !term.is_empty()) else { return filter };
    let columns = [
        "u.user_name_fold",
        "u.email_fold",
        "u.name_fold",
        "u.paternal_lastname_fold",
        "u.maternal_lastname_fold",
    ];
    for word in fold(term).split(' ').take(6) {
        let (condition, mut values) = platform::db::filter::contains(&columns, word);
        values.push(Value::from(term));
        filter = filter.and_with(&format!("({condition} OR u.document_number = ?)"), &values);
    }
    filter
}

fn listing<'q>(filter: &'q Filter, order: &'q str) -> Listing<'q> {
    Listing { columns: COLUMNS, table: "users u", joins: "", filter, order, counted: None }
}

fn order(listed: &Listed) -> String {
    order_by(listed.ordering.as_deref(), ORDERS, "u.id", "u.id")
}

/// How many there are.
pub fn count(conn: &mut Conn, listed: &Listed) -> DbResult<u64> {
    listing(&filter(listed), "").count(conn)
}

/// A page of users; `None` if there is no such page.
pub fn list<T>(
    conn: &mut Conn,
    listed: &Listed,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    listing(&filter(listed), &order(listed)).page(conn, wanted, map)
}

/// Visits them, at most `cap`.
pub fn each(
    conn: &mut Conn,
    listed: &Listed,
    cap: u64,
    visit: impl FnMut(&Row<'_>) -> DbResult<ControlFlow<()>>,
) -> DbResult<()> {
    listing(&filter(listed), &order(listed)).each(conn, cap, visit)
}

/// One user; a deleted one only if `with_deleted`.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    with_deleted: bool,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let state = if with_deleted { "" } else { " AND u.deleted_at IS NULL" };
    conn.first(&format!("SELECT {COLUMNS} FROM users u WHERE u.id = ?{state}"), &params![id], map)
}

/// What a user is, for whoever wants to change him.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// May everything.
    pub is_superuser: bool,
    /// May enter the panel.
    pub is_staff: bool,
    /// Was deleted.
    pub is_deleted: bool,
}

/// What a user is; held until the transaction ends.
pub fn standing(conn: &mut Conn, id: i64) -> DbResult<Option<Standing>> {
    let sql = format!(
        "SELECT is_superuser, is_staff, deleted_at IS NOT NULL FROM users WHERE id = ?{}",
        conn.for_update()
    );
    conn.first(&sql, &params![id], |row| {
        Ok(Standing { is_superuser: row.at(0)?, is_staff: row.at(1)?, is_deleted: row.at(2)? })
    })
}

/// The user's roles: row and role.
pub fn role_links(conn: &mut Conn, user: i64) -> DbResult<Vec<(i64, i64)>> {
    let sql = "SELECT id, role_id FROM user_has_roles WHERE user_id = ? ORDER BY role_id";
    conn.rows(sql, &params![user], |row| Ok((row.at(0)?, row.at(1)?)))
}
