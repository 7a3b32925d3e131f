//! What is done with patients, diagnoses and medical records.

pub mod diagnoses;
pub mod import;
pub mod patients;
pub mod records;
