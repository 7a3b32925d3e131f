//! What is done with patients.

pub mod patients;
