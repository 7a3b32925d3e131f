//! Cookie sessions of browsers: a random value in the cookie, its hash in the table.

use sha2::{Digest, Sha256};

use crate::db::{Changes, Conn, DbResult, Tx, system};
use crate::error::Result;
use crate::params;
use crate::types::time::Moment;

/// Name of the session cookie, as Django's.
pub const COOKIE: &str = "sessionid";
/// Name of the cookie that scripts read the form token from.
pub const CSRF_COOKIE: &str = "csrftoken";

/// A session as stored.
#[derive(Clone, Debug)]
pub struct Session {
    /// Row id.
    pub id: i64,
    /// Whose it is.
    pub user_id: i64,
    /// The user's epoch when it began.
    pub epoch: i64,
    /// What forms and scripts must send along.
    pub csrf_token: String,
}

/// Cookie values of a new session.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Value of the session cookie.
    pub token: String,
    /// Form token.
    pub csrf_token: String,
}

fn hash(token: &str) -> String {
    super::hex(&Sha256::digest(token.as_bytes()))
}

/// Begins a session; always with a new value, so that one planted before log-in is worth nothing.
pub fn begin(tx: &mut Tx<'_>, user_id: i64, epoch: i64, expires_at: Moment) -> Result<NewSession> {
    let (token, csrf_token) = (super::random_token()?, super::random_token()?);
    let row = Changes::new()
        .with("token_hash", hash(&token))
        .with("csrf_token", csrf_token.as_str())
        .with("user_id", user_id)
        .with("epoch", epoch)
        .with("expires_at", expires_at);
    tx.insert(&system::SESSIONS, row)?;
    tx.execute("DELETE FROM sessions WHERE expires_at < ?", &params![tx.now()])?;
    Ok(NewSession { token, csrf_token })
}

/// The session of a cookie value, if it has not expired.
pub fn find(conn: &mut Conn, token: &str, now: Moment) -> DbResult<Option<Session>> {
    conn.first(
        "SELECT id, user_id, epoch, csrf_token FROM sessions WHERE token_hash = ? AND expires_at > ?",
        &params![hash(token), now],
        |row| {
            Ok(Session {
                id: row.get("id")?,
                user_id: row.get("user_id")?,
                epoch: row.get("epoch")?,
                csrf_token: row.get("csrf_token")?,
            })
        },
    )
}

/// Ends all sessions of a user but one.
pub fn end_others(tx: &mut Tx<'_>, user_id: i64, kept: Option<i64>) -> DbResult<u64> {
    let sql = "DELETE FROM sessions WHERE user_id = ? AND id <> ?";
    // No session has the number 0.
    tx.execute(sql, &params![user_id, kept.unwrap_or(0)])
}

/// Ends a session.
pub fn end(tx: &mut Tx<'_>, id: i64) -> Result<bool> {
    tx.delete(&system::SESSIONS, id)
}
