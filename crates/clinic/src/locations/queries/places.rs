//! Look-ups that other modules' rules need.

use platform::db::{Conn, DbResult};
use platform::params;

/// The region of a province.
pub fn region_of(conn: &mut Conn, province: i64) -> DbResult<Option<i64>> {
    conn.scalar("SELECT region_id FROM provinces WHERE id = ?", &params![province])
}

/// The province of a district.
pub fn province_of(conn: &mut Conn, district: i64) -> DbResult<Option<i64>> {
    conn.scalar("SELECT province_id FROM districts WHERE id = ?", &params![district])
}
