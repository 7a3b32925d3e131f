//! A believable clinic for demonstrations and load tests, the same for the same seed.
//!
//! It stands beside the modules: it writes through all of them, each table by its owner's `import`, and no module
//! knows it. So its command is the program's, on no module's card.

mod accounts;
mod calendar;
mod commands;
mod people;
mod random;
mod seed;
mod visits;
mod words;

pub use commands::all as commands;
pub use seed::{Made, Plan, run};

#[cfg(test)]
mod tests;
