//! The load benchmark: `cargo xtask bench`.
//!
//! It stands the product up as in production (see `site`), loads it with wrk, and loads in turn a floor: a
//! hand-written handler that runs the same SQL on the same driver and answers the same bytes, without log-in,
//! without anything around it (see `floor`). What lies between the two is what the product costs.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's command line speaks on the terminal; there is no log to write to"
)]

mod cases;
mod floor;
mod http;
mod options;
mod process;
mod report;
mod run;
mod site;
mod wrk;

use std::process::ExitCode;

use clap::Parser;

use options::{Cli, Mode};

/// The product's allocator, so that the floor has no other advantage.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What goes wrong here is told to a person and ends the run.
pub type Outcome<T> = Result<T, String>;

/// For `map_err`: what was attempted, before what happened.
pub fn during<E: std::fmt::Display>(attempt: impl std::fmt::Display) -> impl FnOnce(E) -> String {
    move |cause| format!("{attempt}: {cause}")
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.mode {
        Some(Mode::Floor(args)) => floor::serve(args),
        None => run::run(&cli.load),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}
