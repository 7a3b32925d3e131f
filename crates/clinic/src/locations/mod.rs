//! Countries and Peru's geography.

mod adoption;
mod checks;
mod commands;
mod http;
pub mod migrations;
pub mod model;
mod queries;
mod rules;
mod service;

use platform::module::Module;

pub use http::bodies::{DistrictView, PlaceViews, ProvinceView, RegionView};
pub use queries::places::{DistrictPlace, district_places};
pub use queries::{PLACE_COLUMNS, PLACE_JOINS};
pub use rules::Mismatch;
pub use service::check_place;
pub use service::ubigeo::import_embedded;

#[cfg(test)]
pub(crate) mod tests;

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::COUNTRIES, &model::REGIONS, &model::PROVINCES, &model::DISTRICTS],
    migrations: migrations::ALL,
    routes: http::routes,
    commands: commands::all,
    checks: checks::ALL,
    adoption: adoption::ADOPTION,
    ..Module::named("locations", "Ubicaciones", "Locations")
};
