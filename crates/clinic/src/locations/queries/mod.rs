//! SQL on countries, regions, provinces and districts.

pub mod lists;
pub mod places;
pub mod ubigeo;

macro_rules! region_columns {
    () => {
        "r.id AS r_id, r.name AS r_name, r.ubigeo AS r_ubigeo, r.country_id AS r_country, \
         r.created_at AS r_created_at, r.updated_at AS r_updated_at, r.deleted_at AS r_deleted_at"
    };
}

macro_rules! province_columns {
    () => {
        "p.id AS p_id, p.name AS p_name, p.ubigeo AS p_ubigeo, p.region_id AS p_region, \
         p.created_at AS p_created_at, p.updated_at AS p_updated_at, p.deleted_at AS p_deleted_at"
    };
}

macro_rules! district_columns {
    () => {
        "d.id AS d_id, d.name AS d_name, d.ubigeo AS d_ubigeo, d.province_id AS d_province, \
         d.created_at AS d_created_at, d.updated_at AS d_updated_at, d.deleted_at AS d_deleted_at"
    };
}

const COUNTRY_COLUMNS: &str =
    "c.id, c.name, c.phone_code, c.iso2, c.created_at, c.updated_at, c.deleted_at";
const REGION_COLUMNS: &str = region_columns!();
const PROVINCE_COLUMNS: &str = province_columns!();
const DISTRICT_COLUMNS: &str = district_columns!();

/// Columns of a joined region `r`, province `p` and district `d`, under prefixed names.
pub const PLACE_COLUMNS: &str =
    concat!(region_columns!(), ", ", province_columns!(), ", ", district_columns!());

/// Joins of region, province and district to a table with the alias `t`.
pub const PLACE_JOINS: &str = " LEFT JOIN regions r ON r.id = t.region_id \
    LEFT JOIN provinces p ON p.id = t.province_id LEFT JOIN districts d ON d.id = t.district_id";
