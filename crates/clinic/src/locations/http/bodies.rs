//! JSON of countries, regions, provinces and districts, alone and inside other objects.

use platform::db::{DbResult, Row};
use platform::types::time::WireMoment;
use serde::Serialize;
use utoipa::ToSchema;

use crate::locations::queries::lists::{self, List};

/// A country.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountryView<'r> {
    /// Id.
    pub id: i64,
    /// Spanish name.
    pub name: &'r str,
    /// Phone code, digits only.
    pub phone_code: Option<&'r str>,
    /// ISO 3166 two-letter code.
    #[serde(rename = "ISO2")]
    pub iso2: Option<&'r str>,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

/// A region.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegionView<'r> {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: &'r str,
    /// INEI code, two digits.
    pub ubigeo: Option<&'r str>,
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
pub struct ProvinceView<'r> {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: &'r str,
    /// INEI code, four digits.
    pub ubigeo: Option<&'r str>,
    /// The region's id.
    pub region: i64,
    /// The region's name.
    pub region_name: &'r str,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

/// A district.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistrictView<'r> {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: &'r str,
    /// INEI code, six digits.
    pub ubigeo: Option<&'r str>,
    /// The province's id.
    pub province: i64,
    /// The province's name.
    pub province_name: &'r str,
    /// The region's name.
    pub region_name: &'r str,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

/// Where somebody lives: as much of it as is known.
#[derive(Debug)]
pub struct PlaceViews<'r> {
    /// Region.
    pub region: Option<RegionView<'r>>,
    /// Province.
    pub province: Option<ProvinceView<'r>>,
    /// District.
    pub district: Option<DistrictView<'r>>,
}

impl<'r> CountryView<'r> {
    fn read(row: &Row<'r>) -> DbResult<Self> {
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

impl<'r> RegionView<'r> {
    fn read(id: i64, row: &Row<'r>) -> DbResult<Self> {
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

impl<'r> ProvinceView<'r> {
    fn read(id: i64, region_name: &'r str, row: &Row<'r>) -> DbResult<Self> {
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

impl<'r> DistrictView<'r> {
    fn read(
        id: i64,
        province_name: &'r str,
        region_name: &'r str,
        row: &Row<'r>,
    ) -> DbResult<Self> {
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

impl<'r> PlaceViews<'r> {
    /// Reads the columns of `PLACE_COLUMNS`.
    pub fn read(row: &Row<'r>) -> DbResult<Self> {
        let region = match row.get::<Option<i64>>("r_id")? {
            None => None,
            Some(id) => Some(RegionView::read(id, row)?),
        };
        let region_name = region.as_ref().map(|region| region.name).unwrap_or_default();
        let province = match row.get::<Option<i64>>("p_id")? {
            None => None,
            Some(id) => Some(ProvinceView::read(id, region_name, row)?),
        };
        let province_name = province.as_ref().map(|province| province.name).unwrap_or_default();
        let district = match row.get::<Option<i64>>("d_id")? {
            None => None,
            Some(id) => Some(DistrictView::read(id, province_name, region_name, row)?),
        };
        Ok(Self { region, province, district })
    }
}

/// A kind of place that has a list of its own.
pub trait Listed: 'static {
    /// What a row of its list looks like.
    type View<'r>: Serialize;

    /// Its list.
    const LIST: &'static List;

    /// Reads a row of its list.
    fn read_listed<'r>(row: &Row<'r>) -> DbResult<Self::View<'r>>;
}

impl Listed for CountryView<'static> {
    type View<'r> = CountryView<'r>;

    const LIST: &'static List = &lists::COUNTRIES;

    fn read_listed<'r>(row: &Row<'r>) -> DbResult<CountryView<'r>> {
        CountryView::read(row)
    }
}

impl Listed for RegionView<'static> {
    type View<'r> = RegionView<'r>;

    const LIST: &'static List = &lists::REGIONS;

    fn read_listed<'r>(row: &Row<'r>) -> DbResult<RegionView<'r>> {
        RegionView::read(row.get("r_id")?, row)
    }
}

impl Listed for ProvinceView<'static> {
    type View<'r> = ProvinceView<'r>;

    const LIST: &'static List = &lists::PROVINCES;

    fn read_listed<'r>(row: &Row<'r>) -> DbResult<ProvinceView<'r>> {
        let region_name = row.get("r_name")?;
        ProvinceView::read(row.get("p_id")?, region_name, row)
    }
}

impl Listed for DistrictView<'static> {
    type View<'r> = DistrictView<'r>;

    const LIST: &'static List = &lists::DISTRICTS;

    fn read_listed<'r>(row: &Row<'r>) -> DbResult<DistrictView<'r>> {
        let (region_name, province_name) = (row.get("r_name")?, row.get("p_name")?);
        DistrictView::read(row.get("d_id")?, province_name, region_name, row)
    }
}
