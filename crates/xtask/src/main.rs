//! `cargo xtask check · test · coverage · bench`: the commands of everybody who works on this program, and of CI.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's command line speaks on the terminal; there is no log to write to"
)]

mod bench;
mod cargo;
mod cli;
mod counts;
mod coverage;
mod plan;
mod runner;
mod stages;
mod tools;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check(args) => runner::run(&plan::check(&args), None),
        Command::Test(args) => runner::run(&plan::test(&args), args.filter.as_deref()),
        Command::Coverage(args) => coverage::run(&args),
        Command::Bench(args) => bench::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error}");
            ExitCode::FAILURE
        }
    }
}
