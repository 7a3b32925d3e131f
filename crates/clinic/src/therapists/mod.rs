//! Therapists: who treats the patients.

mod adoption;
mod http;
pub mod migrations;
pub mod model;
mod queries;
mod rules;
mod service;

use platform::http::Access;
use platform::media_folder;
use platform::module::{Module, Permission};
use platform::storage::Folder;

pub use model::TherapistId;
pub use queries::document_numbers;
pub use service::import;

#[cfg(test)]
pub(crate) mod tests;

/// Pictures of therapists.
static PHOTOS: Folder = media_folder!("therapists/photos", Access::Authenticated);

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::THERAPISTS],
    migrations: migrations::ALL,
    routes: http::routes,
    media: &[&PHOTOS],
    permissions: &[
        Permission::new("therapists.view", "Ver terapeutas", "See therapists"),
        Permission::new("therapists.add", "Registrar terapeutas", "Add therapists"),
        Permission::new("therapists.change", "Modificar terapeutas", "Change therapists"),
        Permission::new("therapists.delete", "Dar de baja terapeutas", "Delete therapists"),
        Permission::new("therapists.restore", "Recuperar terapeutas", "Restore therapists"),
    ],
    adoption: adoption::ADOPTION,
    ..Module::named("therapists", "Terapeutas", "Therapists")
};
