//! JSON of countries, regions, provinces and districts, alone and inside other objects.

use platform::db::{DbResult, Row};
use platform::types::time::WireMoment;
use serde::Serialize;
use utoipa::ToSchema;

use crate::locations::queries::lists::{self, List};

/// A country.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountryView {
    /// Id.
    pub id: i64,
    /// Spanish name.
    pub name: String,
    /// Phone code, digits only.
    pub phone_code: Option<String>,
    /// ISO 3166 two-letter code.
    #[serde(rename = "ISO2")]
    pub iso2: Option<String>,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

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

impl CountryView {
    fn read(row: &Row<'_>) -> DbResult<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            phone_code: row.get("phone_code")?,
            iso2: row.get("iso2")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            deleted_at: row.get("deleted_at")?,
        })
    }
}

impl RegionView {
    fn read(id: i64, row: &Row<'_>) -> DbResult<Self> {
        Ok(Self {
            id,
            name: row.get("r_name")?,
            ubigeo: row.get("r_ubigeo")?,
            country: row.get("r_country")?,
            created_at: row.get("r_created_at")?,
            updated_at: row.get("r_updated_at")?,
            deleted_at: row.get("r_deleted_at")?,
        })
    }
}

impl ProvinceView {
    fn read(id: i64, region_name: String, row: &Row<'_>) -> DbResult<Self> {
        Ok(Self {
            id,
            name: row.get("p_name")?,
            ubigeo: row.get("p_ubigeo")?,
            region: row.get("p_region")?,
            region_name,
            created_at: row.get("p_created_at")?,
            updated_at: row.get("p_updated_at")?,
            deleted_at: row.get("p_deleted_at")?,
        })
    }
}

impl DistrictView {
    fn read(id: i64, province_name: String, region_name: String, row: &Row<'_>) -> DbResult<Self> {
        Ok(Self {
            id,
            name: row.get("d_name")?,
            ubigeo: row.get("d_ubigeo")?,
            province: row.get("d_province")?,
            province_name,
            region_name,
            created_at: row.get("d_created_at")?,
            updated_at: row.get("d_updated_at")?,
            deleted_at: row.get("d_deleted_at")?,
        })
    }
}

impl PlaceViews {
    /// Reads the columns of `PLACE_COLUMNS`.
    pub fn read(row: &Row<'_>) -> DbResult<Self> {
        let region = match row.get::<Option<i64>>("r_id")? {
            None => None,
            Some(id) => Some(RegionView::read(id, row)?),
        };
        let region_name = || region.as_ref().map(|region| region.name.clone()).unwrap_or_default();
        let province = match row.get::<Option<i64>>("p_id")? {
            None => None,
            Some(id) => Some(ProvinceView::read(id, region_name(), row)?),
        };
        let province_name =
            || province.as_ref().map(|province| province.name.clone()).unwrap_or_default();
        let district = match row.get::<Option<i64>>("d_id")? {
            None => None,
            Some(id) => Some(DistrictView::read(id, province_name(), region_name(), row)?),
        };
        Ok(Self { region, province, district })
    }
}

/// A kind of place that has a list of its own.
pub trait Listed: Serialize + Send + Sized + 'static {
    /// Its list.
    const LIST: &'static List;

    /// Reads a row of its list.
    fn read_listed(row: &Row<'_>) -> DbResult<Self>;
}

impl Listed for CountryView {
    const LIST: &'static List = &lists::COUNTRIES;

    fn read_listed(row: &Row<'_>) -> DbResult<Self> {
        Self::read(row)
    }
}

impl Listed for RegionView {
    const LIST: &'static List = &lists::REGIONS;

    fn read_listed(row: &Row<'_>) -> DbResult<Self> {
        Self::read(row.get("r_id")?, row)
    }
}

impl Listed for ProvinceView {
    const LIST: &'static List = &lists::PROVINCES;

    fn read_listed(row: &Row<'_>) -> DbResult<Self> {
        let region_name = row.get("r_name")?;
        Self::read(row.get("p_id")?, region_name, row)
    }
}

impl Listed for DistrictView {
    const LIST: &'static List = &lists::DISTRICTS;

    fn read_listed(row: &Row<'_>) -> DbResult<Self> {
        let (region_name, province_name) = (row.get("r_name")?, row.get("p_name")?);
        Self::read(row.get("d_id")?, province_name, region_name, row)
    }
}
