//! Users as they see themselves and each other.

use platform::db::filter::contains;
use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row};
use platform::params;
use platform::types::fold;
use platform::types::time::Moment;

const COLUMNS: &str = "u.id, u.user_name, u.email, u.name, u.paternal_lastname, u.maternal_lastname, u.phone, u.sex, \
    u.document_number, u.document_type_id, u.country_id, u.photo_url, u.account_statement, u.is_active, u.is_staff, \
    u.is_superuser, u.password_change, u.email_verified_at, u.last_login, u.date_joined, u.created_at, u.updated_at";

/// Who is there for others.
const LIVE: &str = "u.is_active = 1 AND u.deleted_at IS NULL";

/// One user, for himself.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql = format!("SELECT {COLUMNS} FROM users u WHERE u.id = ? AND u.deleted_at IS NULL");
    conn.first(&sql, &params![id], map)
}

/// The active user of this handle.
pub fn find_public<T>(
    conn: &mut Conn,
    user_name: &str,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql = format!("SELECT {COLUMNS} FROM users u WHERE u.user_name_fold = ? AND {LIVE}");
    conn.first(&sql, &params![fold(user_name)], map)
}

/// Which users a search shows.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Words in handle or displayed name.
    pub name: Option<String>,
    /// M, F or O.
    pub sex: Option<String>,
    /// Words in the country's name.
    pub country: Option<String>,
}

/// A page of active users by handle; `None` if there is no such page.
pub fn search<T>(
    conn: &mut Conn,
    sought: &Sought,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    let mut filter = Filter::new().and(LIVE).equal("u.sex", sought.sex.as_deref());
    let columns = ["u.user_name_fold", "u.name_fold", "u.paternal_lastname_fold"];
    for word in fold(sought.name.as_deref().unwrap_or_default()).split(' ').take(6) {
        filter = filter.contains(&columns, Some(word));
    }
    if let Some(country) = &sought.country {
        let (condition, values) = contains(&["c.name_fold"], country);
        let countries = format!("u.country_id IN (SELECT c.id FROM countries c WHERE {condition})");
        filter = filter.and_with(&countries, &values);
    }
    let order = " ORDER BY u.user_name_fold, u.id";
    Listing { columns: COLUMNS, table: "users u", joins: "", filter: &filter, order, counted: None }
        .page(conn, wanted, map)
}

/// What is needed to change one's own password.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// Hash of the present password.
    pub hash: String,
    /// Values that a password may not be made of.
    pub personal: Vec<String>,
}

/// What is needed to change one's own password.
pub fn secrets(conn: &mut Conn, id: i64) -> DbResult<Option<Secrets>> {
    let sql = "SELECT password, email, user_name, name, paternal_lastname, maternal_lastname, document_number \
               FROM users WHERE id = ? AND deleted_at IS NULL";
    conn.first(sql, &params![id], |row| {
        let texts = [
            "email",
            "user_name",
            "name",
            "paternal_lastname",
            "maternal_lastname",
            "document_number",
        ];
        let personal = texts
            .into_iter()
            .map(|name| Ok(row.get::<Option<String>>(name)?.unwrap_or_default()))
            .collect::<DbResult<_>>()?;
        Ok(Secrets { hash: row.get("password")?, personal })
    })
}

/// The hash of the present password, held until the transaction ends.
pub fn held_hash(conn: &mut Conn, id: i64) -> DbResult<Option<String>> {
    let sql = format!("SELECT password FROM users WHERE id = ?{}", conn.for_update());
    conn.scalar(&sql, &params![id])
}

/// When the password was last changed, and how often it was.
pub fn password_changes(conn: &mut Conn, id: i64) -> DbResult<(Option<Moment>, i64)> {
    let last =
        conn.first("SELECT password_changed_at FROM users WHERE id = ?", &params![id], |row| {
            row.get::<Option<Moment>>("password_changed_at")
        })?;
    let sql =
        "SELECT COUNT(*) FROM history WHERE table_name = 'users' AND row_id = ? AND changes LIKE ?";
    let changes = conn.one(sql, &params![id, "%\"password_changed_at\"%"])?;
    Ok((last.flatten(), changes))
}

/// Whom a message is for.
#[derive(Clone, Debug)]
pub struct Addressee {
    /// Address.
    pub email: String,
    /// Handle.
    pub user_name: String,
    /// Given names.
    pub name: String,
    /// Paternal surname.
    pub paternal_lastname: String,
}

/// Whom a message is for.
pub fn addressee(conn: &mut Conn, id: i64) -> DbResult<Option<Addressee>> {
    let sql = "SELECT email, user_name, name, paternal_lastname FROM users WHERE id = ?";
    conn.first(sql, &params![id], |row| {
        Ok(Addressee {
            email: row.get("email")?,
            user_name: row.get("user_name")?,
            name: row.get("name")?,
            paternal_lastname: row.get("paternal_lastname")?,
        })
    })
}

/// The active user of an address, and whether the address was proved.
pub fn by_email(conn: &mut Conn, email: &str) -> DbResult<Option<(i64, bool)>> {
    let sql = format!(
        "SELECT u.id, u.email_verified_at IS NOT NULL FROM users u WHERE u.email_fold = ? AND {LIVE}"
    );
    conn.first(&sql, &params![fold(email)], |row| Ok((row.at(0)?, row.at(1)?)))
}
