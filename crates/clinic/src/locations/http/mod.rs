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
        Route::get("/regions/", USER, places::list::<RegionView>)
            .summary("Regions by name")
            .query(REGIONS)
            .answers::<RegionView>(200, Shape::Page),
        Route::get("/regions/{id}/", USER, places::show::<RegionView>)
            .summary("One region")
            .answers::<RegionView>(200, Shape::One),
        Route::get("/provinces/", USER, places::list::<ProvinceView>)
            .summary("Provinces by name")
            .query(PROVINCES)
            .answers::<ProvinceView>(200, Shape::Page),
        Route::get("/provinces/{id}/", USER, places::show::<ProvinceView>)
            .summary("One province")
            .answers::<ProvinceView>(200, Shape::One),
        Route::get("/districts/", USER, places::list::<DistrictView>)
            .summary("Districts by name")
            .query(DISTRICTS)
            .answers::<DistrictView>(200, Shape::Page),
        Route::get("/districts/{id}/", USER, places::show::<DistrictView>)
            .summary("One district")
            .answers::<DistrictView>(200, Shape::One),
        Route::get("/countries/", USER, places::list::<CountryView>)
            .summary("Countries by name")
            .query(COUNTRIES)
            .answers::<CountryView>(200, Shape::Page),
        Route::get("/countries/{id}/", USER, places::show::<CountryView>)
            .summary("One country")
            .answers::<CountryView>(200, Shape::One),
    ]
}
