//! Therapists.

pub mod migrations;
pub mod model;

use platform::module::Module;

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::THERAPISTS],
    migrations: migrations::ALL,
    ..Module::named("therapists", "Terapeutas", "Therapists")
};
