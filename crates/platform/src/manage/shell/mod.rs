//! `shell`: a prompt with every described table as a model, in a small bounded language (Rhai) that also takes
//! the Python lines an operator of the old program has in the fingers.
//!
//! It reads. Only with `--write` it changes rows, each change confirmed, checked against the table's description
//! and kept in the history by the one write path.

mod cache;
mod connection;
mod convert;
mod engine;
mod help;
mod lookup;
mod model;
mod prompt;
mod python;
mod query;
mod row;
mod run;
mod session;
mod show;
mod tokens;
mod write;

pub use run::{Options, Source, start};
