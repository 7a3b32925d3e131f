//! SQL on companies.

pub mod companies;
