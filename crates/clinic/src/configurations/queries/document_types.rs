//! Kinds of identity documents.

use platform::db::{Conn, DbResult};
use platform::params;

/// The name of a kind.
pub fn name(conn: &mut Conn, id: i64) -> DbResult<Option<String>> {
    conn.scalar("SELECT name FROM document_types WHERE id = ?", &params![id])
}
