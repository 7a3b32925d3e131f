//! Tests of patients, diagnoses and medical records, one file per endpoint.

pub(crate) mod builders;
mod change_patient;
mod change_record;
mod create_known_patient;
mod create_patient;
mod create_record;
mod diagnoses;
mod list_diagnoses;
mod list_patients;
mod list_records;
