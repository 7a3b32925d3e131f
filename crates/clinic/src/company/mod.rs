//! The clinic's own data.

mod adoption;
pub mod migrations;
pub mod model;

use platform::module::Module;

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::COMPANIES],
    migrations: migrations::ALL,
    adoption: adoption::ADOPTION,
    ..Module::named("company", "Empresa y reportes", "Company and reports")
};
