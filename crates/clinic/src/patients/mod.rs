//! Patients, diagnoses and medical records.

mod import;
pub mod migrations;
pub mod model;

use platform::module::Module;

pub use import::{document_numbers, import};

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::PATIENTS, &model::DIAGNOSES, &model::MEDICAL_RECORDS],
    migrations: migrations::ALL,
    ..Module::named("patients", "Pacientes y diagnósticos", "Patients and diagnoses")
};
