//! The clinic's own data.

mod adoption;
mod http;
pub mod migrations;
pub mod model;
mod queries;
mod service;

use platform::http::Access;
use platform::media_folder;
use platform::module::Module;
use platform::storage::Folder;

#[cfg(test)]
mod tests;

/// Logos. They stand on pages that nobody has logged in to.
static LOGOS: Folder = media_folder!("company_logos", Access::Public);

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::COMPANIES],
    migrations: migrations::ALL,
    adoption: adoption::ADOPTION,
    routes: http::routes,
    media: &[&LOGOS],
    ..Module::named("company", "Empresa y reportes", "Company and reports")
};
