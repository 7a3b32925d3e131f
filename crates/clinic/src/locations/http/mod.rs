//! Routes below `/api/locations`: for reading only.

pub mod bodies;
mod places;

use platform::http::{Access, Route, Shape};

use bodies::{CountryView, DistrictView, ProvinceView, RegionView};

const USER: Access = Access::Authenticated;

type Parameters = &'static [(&'static str, &'static str)];

/// Parameters of every list, after those of its own.
macro_rules! parameters {
    ($($own:expr),* $(,)?) => {
        &[
            $($own,)*
            ("search", "A part of the name, without regard to case and accents"),
            ("ordering", "Keys of the object separated by commas, each with - for descending"),
            ("page", "Page, from 1"),
            ("page_size", "Rows on a page: 100, at most 500"),
        ]
    };
}

const COUNTRIES: Parameters = parameters![];
const REGIONS: Parameters = parameters![("country", "Country id")];
const PROVINCES: Parameters =
    parameters![("region", "Region id"), ("region_ubigeo", "INEI code of the region")];
const DISTRICTS: Parameters = parameters![
    ("province", "Province id"),
    ("province_ubigeo", "INEI code of the province"),
    ("region", "Region id"),
    ("region_ubigeo", "INEI code of the region"),
];

/// The route table.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/", USER, places::root).summary("What this module offers"),
        Route::get("/regions/", USER, places::list::<RegionView<'_>>)
            .summary("Regions by name")
            .query(REGIONS)
            .answers::<RegionView<'_>>(200, Shape::Page),
        Route::get("/regions/{id}/", USER, places::show::<RegionView<'_>>)
            .summary("One region")
            .answers::<RegionView<'_>>(200, Shape::One),
        Route::get("/provinces/", USER, places::list::<ProvinceView<'_>>)
            .summary("Provinces by name")
            .query(PROVINCES)
            .answers::<ProvinceView<'_>>(200, Shape::Page),
        Route::get("/provinces/{id}/", USER, places::show::<ProvinceView<'_>>)
            .summary("One province")
            .answers::<ProvinceView<'_>>(200, Shape::One),
        Route::get("/districts/", USER, places::list::<DistrictView<'_>>)
            .summary("Districts by name")
            .query(DISTRICTS)
            .answers::<DistrictView<'_>>(200, Shape::Page),
        Route::get("/districts/{id}/", USER, places::show::<DistrictView<'_>>)
            .summary("One district")
            .answers::<DistrictView<'_>>(200, Shape::One),
        Route::get("/countries/", USER, places::list::<CountryView<'_>>)
            .summary("Countries by name")
            .query(COUNTRIES)
            .answers::<CountryView<'_>>(200, Shape::Page),
        Route::get("/countries/{id}/", USER, places::show::<CountryView<'_>>)
            .summary("One country")
            .answers::<CountryView<'_>>(200, Shape::One),
    ]
}
