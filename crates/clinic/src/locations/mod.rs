//! Countries and Peru's geography.

pub mod migrations;
pub mod model;

use platform::module::Module;

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::COUNTRIES, &model::REGIONS, &model::PROVINCES, &model::DISTRICTS],
    migrations: migrations::ALL,
    ..Module::named("locations", "Ubicaciones", "Locations")
};
