//! Therapists: who treats the patients.

mod adoption;
mod http;
pub mod migrations;
pub mod model;
mod queries;
mod rules;
mod service;

use platform::module::{Module, Permission};

pub use model::TherapistId;
pub use queries::document_numbers;
pub use service::import;

#[cfg(test)]
pub(crate) mod tests;

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::THERAPISTS],
    migrations: migrations::ALL,
    routes: http::routes,
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
