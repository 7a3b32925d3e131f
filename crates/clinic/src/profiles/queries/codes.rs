//! Codes that prove an address.

use platform::db::{Conn, DbResult, Row, Tx, Value};
use platform::params;
use platform::types::time::Moment;

/// A code as stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Row id.
    pub id: i64,
    /// Whose it is.
    pub user_id: i64,
    /// Its hash.
    pub hash: String,
    /// The address it was sent to, if it is another than the user's.
    pub target: Option<String>,
    /// Until when it is good.
    pub expires_at: Moment,
    /// How often something else was typed.
    pub failed: i64,
    /// How often that may be.
    pub allowed: i64,
    /// Until when nothing more may be typed.
    pub locked_until: Option<Moment>,
}

const COLUMNS: &str =
    "id, user_id, code, target_email, expires_at, failed_attempts, max_attempts, locked_until";

fn read(row: &Row<'_>) -> DbResult<Stored> {
    Ok(Stored {
        id: row.get("id")?,
        user_id: row.get("user_id")?,
        hash: row.get::<Option<String>>("code")?.unwrap_or_default(),
        target: row.get("target_email")?,
        expires_at: row.get("expires_at")?,
        failed: row.get("failed_attempts")?,
        allowed: row.get("max_attempts")?,
        locked_until: row.get("locked_until")?,
    })
}

/// The newest unused code of a kind; held until the transaction ends, so that of two uses one is the first.
pub fn newest(conn: &mut Conn, user: i64, kind: &str) -> DbResult<Option<Stored>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM users_verification_code \
         WHERE user_id = ? AND verification_type = ? AND is_used = 0 ORDER BY id DESC LIMIT 1{}",
        conn.for_update()
    );
    conn.first(&sql, &params![user, kind], read)
}

/// Whose live code this is; two at most are looked for, since two of the same are nobody's.
pub fn owners(conn: &mut Conn, kind: &str, hash: &str, now: Moment) -> DbResult<Vec<i64>> {
    let sql = "SELECT user_id FROM users_verification_code \
               WHERE expires_at > ? AND verification_type = ? AND code = ? AND is_used = 0 LIMIT 2";
    conn.rows(sql, &params![now, kind, hash], |row| row.at(0))
}

/// Until when codes of this kind are locked for a user.
pub fn locked_until(
    conn: &mut Conn,
    user: i64,
    kind: &str,
    now: Moment,
) -> DbResult<Option<Moment>> {
    let sql = "SELECT MAX(locked_until) AS until_when FROM users_verification_code \
               WHERE user_id = ? AND verification_type = ? AND locked_until > ?";
    let found =
        conn.first(sql, &params![user, kind, now], |row| row.get::<Option<Moment>>("until_when"))?;
    Ok(found.flatten())
}

/// Unused codes of a user, newest first.
pub fn unused<T>(
    conn: &mut Conn,
    user: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Vec<T>> {
    let sql = "SELECT verification_type, expires_at, failed_attempts, max_attempts, locked_until \
               FROM users_verification_code WHERE user_id = ? AND is_used = 0 ORDER BY id DESC";
    conn.rows(sql, &params![user], map)
}

/// Voids the unused codes of a user, of one kind or of all.
pub fn retire(tx: &mut Tx<'_>, user: i64, kind: Option<&str>) -> DbResult<u64> {
    let mut sql =
        "UPDATE users_verification_code SET is_used = 1, updated_at = ? WHERE user_id = ? AND is_used = 0"
            .to_owned();
    let mut values: Vec<Value> = params![tx.now(), user].to_vec();
    if let Some(kind) = kind {
        sql.push_str(" AND verification_type = ?");
        values.push(kind.into());
    }
    tx.execute(&sql, &values)
}

/// Counts a wrong attempt; locks if it was the last that is allowed.
pub fn failed(tx: &mut Tx<'_>, id: i64, locked_until: Option<Moment>) -> DbResult<u64> {
    let sql = "UPDATE users_verification_code SET failed_attempts = failed_attempts + 1, locked_until = ?, \
               updated_at = ? WHERE id = ?";
    tx.execute(sql, &params![locked_until, tx.now(), id])
}

/// Spends a code; `false` if it was spent already.
pub fn spend(tx: &mut Tx<'_>, id: i64) -> DbResult<bool> {
    let sql = "UPDATE users_verification_code SET is_used = 1, updated_at = ? WHERE id = ? AND is_used = 0";
    Ok(tx.execute(sql, &params![tx.now(), id])? > 0)
}

/// Removes codes that were good until before `moment`.
pub fn purge(tx: &mut Tx<'_>, moment: Moment) -> DbResult<u64> {
    tx.execute("DELETE FROM users_verification_code WHERE expires_at < ?", &params![moment])
}

/// Writes as much as [`failed`] does and changes nothing that matters: whoever asks about nobody must wait as long as
/// whoever asks about somebody.
pub fn write_all_the_same(tx: &mut Tx<'_>) -> DbResult<()> {
    let newest: Option<i64> = tx
        .first("SELECT MAX(id) AS newest FROM users_verification_code", &[], |row| {
            row.get("newest")
        })?
        .flatten();
    if let Some(id) = newest {
        let sql = "UPDATE users_verification_code SET updated_at = ? WHERE id = ?";
        tx.execute(sql, &params![tx.now(), id])?;
    }
    Ok(())
}
