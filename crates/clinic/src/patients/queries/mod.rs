//! SQL on patients.

pub mod patients;
