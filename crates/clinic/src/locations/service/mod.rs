//! Look-ups of places for other modules, and the import of all places.

pub mod ubigeo;

use platform::db::{Changes, Conn};
use platform::error::Result;

use super::queries::places;
use super::rules::{Mismatch, Place, mismatch};

/// Whether the `region_id`, `province_id` and `district_id` of a row belong together.
pub fn check_place(conn: &mut Conn, row: &Changes) -> Result<Option<Mismatch>> {
    let (region, province, district) =
        (row.int("region_id"), row.int("province_id"), row.int("district_id"));
    let region_of_province = match province {
        Some(province) => places::region_of(conn, province)?,
        None => None,
    };
    let province_of_district = match district {
        Some(district) => places::province_of(conn, district)?,
        None => None,
    };
    Ok(mismatch(&Place { region, province, region_of_province, province_of_district }))
}
