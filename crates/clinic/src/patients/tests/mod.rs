//! Tests of patients, one file per endpoint.

mod change_patient;
mod create_patient;
mod list_patients;
