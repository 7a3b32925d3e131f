//! Tests of patients, one file per endpoint.

pub(crate) mod builders;
mod change_patient;
mod create_known_patient;
mod create_patient;
mod list_patients;
