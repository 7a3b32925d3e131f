//! Log-in over the API, and the roles every installation starts with.

pub mod login;
pub mod roles;
pub mod seeds;
