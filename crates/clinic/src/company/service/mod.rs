//! What is done with the clinic's own data.

pub mod companies;
