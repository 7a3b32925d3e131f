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

/// A district with the places around it.
#[derive(Clone, Debug)]
pub struct DistrictPlace {
    /// Region.
    pub region: i64,
    /// Province.
    pub province: i64,
    /// District.
    pub district: i64,
    /// INEI code of the district.
    pub ubigeo: Option<String>,
}

/// All live districts with the places around them.
pub fn district_places(conn: &mut Conn) -> DbResult<Vec<DistrictPlace>> {
    let sql = "SELECT p.region_id, d.province_id, d.id, d.ubigeo FROM districts d \
               JOIN provinces p ON p.id = d.province_id WHERE d.deleted_at IS NULL ORDER BY d.id";
    conn.rows(sql, &[], |row| {
        Ok(DistrictPlace {
            region: row.at(0)?,
            province: row.at(1)?,
            district: row.at(2)?,
            ubigeo: row.at(3)?,
        })
    })
}
