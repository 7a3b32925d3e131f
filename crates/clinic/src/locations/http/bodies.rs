//! JSON of regions, provinces and districts, alone and inside other objects.

use platform::db::{DbResult, Row};
use platform::types::time::WireMoment;
use serde::Serialize;
use utoipa::ToSchema;

/// A region.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegionView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// INEI code, two digits.
    pub ubigeo: Option<String>,
    /// The country's id.
    pub country: i64,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

/// A province.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProvinceView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// INEI code, four digits.
    pub ubigeo: Option<String>,
    /// The region's id.
    pub region: i64,
    /// The region's name.
    pub region_name: String,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

/// A district.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistrictView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// INEI code, six digits.
    pub ubigeo: Option<String>,
    /// The province's id.
    pub province: i64,
    /// The province's name.
    pub province_name: String,
    /// The region's name.
    pub region_name: String,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

/// Where somebody lives: as much of it as is known.
#[derive(Debug)]
pub struct PlaceViews {
    /// Region.
    pub region: Option<RegionView>,
    /// Province.
    pub province: Option<ProvinceView>,
    /// District.
    pub district: Option<DistrictView>,
}

impl PlaceViews {
    /// Reads the columns of `PLACE_COLUMNS`.
    pub fn read(row: &Row<'_>) -> DbResult<Self> {
        let region = match row.get::<Option<i64>>("r_id")? {
            None => None,
            Some(id) => Some(RegionView {
                id,
                name: row.get("r_name")?,
                ubigeo: row.get("r_ubigeo")?,
                country: row.get("r_country")?,
                created_at: row.get("r_created_at")?,
                updated_at: row.get("r_updated_at")?,
                deleted_at: row.get("r_deleted_at")?,
            }),
        };
        let region_name = || region.as_ref().map(|region| region.name.clone()).unwrap_or_default();
        let province = match row.get::<Option<i64>>("p_id")? {
            None => None,
            Some(id) => Some(ProvinceView {
                id,
                name: row.get("p_name")?,
                ubigeo: row.get("p_ubigeo")?,
                region: row.get("p_region")?,
                region_name: region_name(),
                created_at: row.get("p_created_at")?,
                updated_at: row.get("p_updated_at")?,
                deleted_at: row.get("p_deleted_at")?,
            }),
        };
        let district = match row.get::<Option<i64>>("d_id")? {
            None => None,
            Some(id) => Some(DistrictView {
                id,
                name: row.get("d_name")?,
                ubigeo: row.get("d_ubigeo")?,
                province: row.get("d_province")?,
                province_name: province.as_ref().map(|province| province.name.clone()).unwrap_or_default(),
                region_name: region_name(),
                created_at: row.get("d_created_at")?,
                updated_at: row.get("d_updated_at")?,
                deleted_at: row.get("d_deleted_at")?,
            }),
        };
        Ok(Self { region, province, district })
    }
}
