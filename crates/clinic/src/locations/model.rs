//! Countries and Peru's geography: region, province, district, with their INEI codes.

use platform::db::{Column, Index, Table, Unique};
use platform::id_types;

id_types! {
    /// A country.
    CountryId,
    /// A region (department).
    RegionId,
    /// A province.
    ProvinceId,
    /// A district.
    DistrictId,
}

/// Countries, with Spanish names and phone codes.
pub static COUNTRIES: Table = Table::new(
    "countries",
    "Country",
    &[
        Column::id(),
        Column::text("name", 255, "Nombre", "Name").folded(),
        Column::text("phone_code", 10, "Código telefónico", "Phone code").null(),
        Column::text("iso2", 2, "ISO2", "ISO2").null(),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["País", "Países"], ["Country", "Countries"])
.uniques(&[Unique::new("uq_countries_iso2", &["iso2"], "ISO2")])
.indexes(&[Index::new("ix_countries_name", &["name_fold"])]);

/// Regions of a country.
pub static REGIONS: Table = Table::new(
    "regions",
    "Region",
    &[
        Column::id(),
        Column::text("name", 255, "Nombre", "Name").folded(),
        Column::text("ubigeo", 6, "Ubigeo", "Ubigeo code").null(),
        Column::reference("country_id", "countries", "País", "Country"),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Región", "Regiones"], ["Region", "Regions"])
.uniques(&[Unique::new("uq_regions_ubigeo", &["ubigeo"], "ubigeo")])
.indexes(&[Index::new("ix_regions_name", &["name_fold"])]);

/// Provinces of a region.
pub static PROVINCES: Table = Table::new(
    "provinces",
    "Province",
    &[
        Column::id(),
        Column::text("name", 255, "Nombre", "Name").folded(),
        Column::text("ubigeo", 6, "Ubigeo", "Ubigeo code").null(),
        Column::reference("region_id", "regions", "Región", "Region"),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Provincia", "Provincias"], ["Province", "Provinces"])
.uniques(&[Unique::new("uq_provinces_ubigeo", &["ubigeo"], "ubigeo")])
.indexes(&[
    Index::new("ix_provinces_region", &["region_id", "name_fold"]),
    Index::new("ix_provinces_name", &["name_fold"]),
]);

/// Districts of a province.
pub static DISTRICTS: Table = Table::new(
    "districts",
    "District",
    &[
        Column::id(),
        Column::text("name", 255, "Nombre", "Name").folded(),
        Column::text("ubigeo", 6, "Ubigeo", "Ubigeo code").null(),
        Column::reference("province_id", "provinces", "Provincia", "Province"),
        Column::created_at(),
        Column::updated_at(),
        Column::deleted_at(),
    ],
)
.label(["Distrito", "Distritos"], ["District", "Districts"])
.uniques(&[Unique::new("uq_districts_ubigeo", &["ubigeo"], "ubigeo")])
.indexes(&[
    Index::new("ix_districts_province", &["province_id", "name_fold"]),
    Index::new("ix_districts_name", &["name_fold"]),
]);
