//! What is done with patients.

pub mod import;
pub mod patients;
