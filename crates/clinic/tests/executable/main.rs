//! The executable `manage` as operators meet it, run as a process of its own.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says no by a panic"
)]

mod adoption;
mod checks;
mod consoles;
mod flow;
mod life;
mod migrations;
mod operator;
mod support;
mod upkeep;
