//! SQL on patients, diagnoses and medical records.

pub mod diagnoses;
pub mod patients;
pub mod records;
