//! Tests about the whole program, and the builders that the modules' tests share.

mod acceptance;
mod adoption;
mod arrows;
pub(crate) mod builders;
mod checks;
mod cli;
mod database_away;
mod first_booking;
mod fixtures;
mod login;
mod routes;
mod schema;
