//! Log-in over the API, users and roles as their administrator handles them, and the roles every installation starts
//! with.

pub mod login;
pub mod powers;
pub mod roles;
pub mod seeds;
pub mod users;
