//! Users, as log-in asks for them.

use platform::auth::Credential;
use platform::db::{Conn, DbResult, Row, Tx};
use platform::params;
use platform::types::fold;

/// What a request's door asks about a user.
#[derive(Clone, Debug)]
pub struct LoginState {
    /// E-mail.
    pub email: String,
    /// Handle.
    pub user_name: String,
    /// May everything.
    pub is_superuser: bool,
    /// May enter the panel.
    pub is_staff: bool,
    /// May log in.
    pub is_active: bool,
    /// Raised when older tokens must end.
    pub epoch: i64,
}

/// The user's log-in state; soft-deleted users are not there.
pub fn login_state(conn: &mut Conn, id: i64) -> DbResult<Option<LoginState>> {
    let sql = "SELECT email, user_name, is_superuser, is_staff, is_active, auth_epoch FROM users \
               WHERE id = ? AND deleted_at IS NULL";
    conn.first(sql, &params![id], |row: &Row<'_>| {
        Ok(LoginState {
            email: row.get("email")?,
            user_name: row.get("user_name")?,
            is_superuser: row.get("is_superuser")?,
            is_staff: row.get("is_staff")?,
            is_active: row.get("is_active")?,
            epoch: row.get("auth_epoch")?,
        })
    })
}

/// The credential of the active user with this e-mail or user name; the e-mail wins.
pub fn credential(conn: &mut Conn, login: &str) -> DbResult<Option<Credential>> {
    let folded = fold(login);
    for column in ["email_fold", "user_name_fold"] {
        let sql = format!(
            "SELECT id, password FROM users WHERE {column} = ? AND is_active = 1 AND deleted_at IS NULL"
        );
        let found = conn.first(&sql, &params![folded.as_str()], |row| {
            Ok(Credential { user_id: row.get("id")?, hash: row.get("password")? })
        })?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Whether an active superuser exists.
pub fn has_superuser(conn: &mut Conn) -> DbResult<bool> {
    conn.exists("SELECT 1 FROM users WHERE is_superuser = 1 AND is_active = 1 AND deleted_at IS NULL LIMIT 1", &[])
}

/// What an active superuser logs in with.
#[derive(Clone, Debug)]
pub struct Superuser {
    /// E-mail.
    pub email: String,
    /// Handle.
    pub user_name: String,
    /// Hash of the password.
    pub hash: String,
}

/// Active superusers, the oldest first, at most `most` of them.
pub fn superusers(conn: &mut Conn, most: i64) -> DbResult<Vec<Superuser>> {
    let sql = "SELECT email, user_name, password FROM users WHERE is_superuser = 1 AND is_active = 1 \
               AND deleted_at IS NULL ORDER BY id LIMIT ?";
    conn.rows(sql, &params![most], |row| {
        Ok(Superuser {
            email: row.get("email")?,
            user_name: row.get("user_name")?,
            hash: row.get("password")?,
        })
    })
}

/// Handles of active users whose address lies below `.example`, a name that is reserved and belongs to nobody.
pub fn with_example_address(conn: &mut Conn, most: i64) -> DbResult<Vec<String>> {
    let sql = "SELECT user_name FROM users WHERE email_fold LIKE '%.example' AND is_active = 1 \
               AND deleted_at IS NULL ORDER BY id LIMIT ?";
    conn.rows(sql, &params![most], |row| row.at(0))
}

/// Whether a user, be it a deleted one, has this e-mail or this handle.
pub fn is_known(conn: &mut Conn, email: &str, user_name: &str) -> DbResult<bool> {
    let sql = "SELECT 1 FROM users WHERE email_fold = ? OR user_name_fold = ?";
    conn.exists(sql, &params![fold(email), fold(user_name)])
}

/// A value that no two users share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginField {
    /// E-mail.
    Email,
    /// Handle.
    UserName,
    /// Document number.
    DocumentNumber,
}

impl LoginField {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::UserName, Self::Email, Self::DocumentNumber];

    /// The column that is compared, and the value in the form it has there.
    fn compared(self, value: &str) -> (&'static str, String) {
        match self {
            Self::Email => ("email_fold", fold(value)),
            Self::UserName => ("user_name_fold", fold(value)),
            Self::DocumentNumber => ("document_number", value.to_owned()),
        }
    }

    /// Its column.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::UserName => "user_name",
            Self::DocumentNumber => "document_number",
        }
    }
}

/// Whether a user, be it a deleted one, has this value.
pub fn is_taken(conn: &mut Conn, field: LoginField, value: &str) -> DbResult<bool> {
    let (column, value) = field.compared(value);
    conn.exists(&format!("SELECT 1 FROM users WHERE {column} = ?"), &params![value])
}

/// Whether a user other than `id`, be it a deleted one, has this value.
pub fn is_anothers(conn: &mut Conn, field: LoginField, value: &str, id: i64) -> DbResult<bool> {
    let (column, value) = field.compared(value);
    let sql = format!("SELECT 1 FROM users WHERE {column} = ? AND id <> ?");
    conn.exists(&sql, &params![value, id])
}

/// Id and handle of the user with this e-mail or user name, be it an inactive one; the e-mail wins.
pub fn find_login(conn: &mut Conn, login: &str) -> DbResult<Option<(i64, String)>> {
    let folded = fold(login);
    for column in ["email_fold", "user_name_fold"] {
        let sql =
            format!("SELECT id, user_name FROM users WHERE {column} = ? AND deleted_at IS NULL");
        let found = conn.first(&sql, &params![folded.as_str()], |row| {
            Ok((row.get("id")?, row.get("user_name")?))
        })?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Whether an active superuser other than `id` exists. All of them stay as they are until the transaction ends: of
/// two who would go at once, one must stay.
pub fn has_other_superuser(conn: &mut Conn, id: i64) -> DbResult<bool> {
    let sql = format!(
        "SELECT id FROM users WHERE is_superuser = 1 AND is_active = 1 AND deleted_at IS NULL{}",
        conn.for_update()
    );
    let ids: Vec<i64> = conn.rows(&sql, &[], |row| row.at(0))?;
    Ok(ids.into_iter().any(|other| other != id))
}

/// The epoch of a user about to be changed: tokens and sessions of an older one are void.
pub fn epoch(conn: &mut Conn, id: i64) -> DbResult<Option<i64>> {
    let sql = format!("SELECT auth_epoch FROM users WHERE id = ?{}", conn.for_update());
    conn.scalar(&sql, &params![id])
}

/// Notes a log-in, and stores the new hash if one was made. Straight to the row: a log-in is no change of the
/// user, so it belongs in no history.
pub fn record_login(tx: &mut Tx<'_>, id: i64, new_hash: Option<&str>) -> DbResult<()> {
    tx.execute("UPDATE users SET last_login = ? WHERE id = ?", &params![tx.now(), id])?;
    if let Some(hash) = new_hash {
        tx.execute("UPDATE users SET password = ? WHERE id = ?", &params![hash, id])?;
    }
    Ok(())
}

/// A user's photo, held until the transaction ends; empty if there is none, `None` if there is no such user.
pub fn photo(tx: &mut Tx<'_>, id: i64) -> DbResult<Option<String>> {
    let sql = format!("SELECT COALESCE(photo_url, '') FROM users WHERE id = ?{}", tx.for_update());
    tx.first(&sql, &params![id], |row| row.at(0))
}
