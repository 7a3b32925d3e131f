//! Patients, diagnoses and medical records.

mod adoption;
mod http;
pub mod migrations;
pub mod model;
mod queries;
mod rules;
mod service;

#[cfg(test)]
pub(crate) mod tests;

use platform::module::{Module, Permission};

pub use model::PatientId;

pub use queries::patients::{document_numbers, is_live};
pub use service::import::import;

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::PATIENTS, &model::DIAGNOSES, &model::MEDICAL_RECORDS],
    migrations: migrations::ALL,
    routes: http::routes,
    permissions: &[
        Permission::new("patients.view", "Ver pacientes", "See patients"),
        Permission::new("patients.add", "Registrar pacientes", "Register patients"),
        Permission::new("patients.change", "Modificar pacientes", "Change patients"),
        Permission::new("patients.delete", "Eliminar pacientes", "Delete patients"),
        Permission::new("patients.restore", "Recuperar pacientes", "Restore patients"),
        Permission::new("patients.export", "Exportar pacientes", "Export patients"),
        Permission::new("clinical.view", "Ver contenido clínico", "See clinical content"),
        Permission::new("clinical.write", "Escribir contenido clínico", "Write clinical content"),
        Permission::new(
            "clinical.private",
            "Ver observaciones privadas",
            "See private observations",
        ),
    ],
    adoption: adoption::ADOPTION,
    ..Module::named("patients", "Pacientes y diagnósticos", "Patients and diagnoses")
};
