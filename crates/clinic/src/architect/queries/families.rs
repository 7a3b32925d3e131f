//! Log-ins over the API.

use platform::db::{Conn, DbResult, Tx};
use platform::params;
use platform::types::time::Moment;

/// A log-in.
#[derive(Clone, Debug)]
pub struct Family {
    /// Row id.
    pub id: i64,
    /// Whose it is.
    pub user_id: i64,
    /// The one refresh token that is still good.
    pub refresh_jti: String,
    /// Whether it was ended.
    pub is_ended: bool,
}

/// The log-in of a token, if it has not expired.
pub fn find(conn: &mut Conn, family: &str, now: Moment) -> DbResult<Option<Family>> {
    let sql = "SELECT id, user_id, refresh_jti, ended_at FROM token_families WHERE family = ? AND expires_at > ?";
    conn.first(sql, &params![family, now], |row| {
        Ok(Family {
            id: row.get("id")?,
            user_id: row.get("user_id")?,
            refresh_jti: row.get("refresh_jti")?,
            is_ended: row.get::<Option<Moment>>("ended_at")?.is_some(),
        })
    })
}

/// The user's log-ins that were ended before their time.
pub fn ended(conn: &mut Conn, user_id: i64, now: Moment) -> DbResult<Vec<String>> {
    let sql = "SELECT family FROM token_families WHERE user_id = ? AND expires_at > ? AND ended_at IS NOT NULL";
    conn.rows(sql, &params![user_id, now], |row| row.at(0))
}

/// Puts a new refresh token in the place of the one just used; `false` if another request was faster.
pub fn replace(
    tx: &mut Tx<'_>,
    id: i64,
    used: &str,
    new: &str,
    expires_at: Moment,
) -> DbResult<bool> {
    let sql = "UPDATE token_families SET refresh_jti = ?, expires_at = ? \
               WHERE id = ? AND refresh_jti = ? AND ended_at IS NULL";
    Ok(tx.execute(sql, &params![new, expires_at, id, used])? > 0)
}

/// Ends a log-in.
pub fn end(tx: &mut Tx<'_>, family: &str) -> DbResult<bool> {
    let sql = "UPDATE token_families SET ended_at = ? WHERE family = ? AND ended_at IS NULL";
    Ok(tx.execute(sql, &params![tx.now(), family])? > 0)
}

/// Ends all log-ins of a user but one.
pub fn end_others(tx: &mut Tx<'_>, user_id: i64, kept: Option<&str>) -> DbResult<u64> {
    let sql = "UPDATE token_families SET ended_at = ? \
               WHERE user_id = ? AND family <> ? AND ended_at IS NULL";
    tx.execute(sql, &params![tx.now(), user_id, kept.unwrap_or("")])
}

/// Removes log-ins that have expired anyway.
pub fn purge(tx: &mut Tx<'_>) -> DbResult<u64> {
    tx.execute("DELETE FROM token_families WHERE expires_at < ?", &params![tx.now()])
}
