//! `cargo xtask coverage`: which lines the tests reach.

use std::process::Command;

use xtask::Result;

use crate::cargo;
use crate::cli::CoverageArgs;
use crate::tools::{self, LLVM_COV};

/// Runs the tests with counters in the code. The build is a second one, in target/llvm-cov-target.
pub fn run(args: &CoverageArgs) -> Result<()> {
    // The compiler's own tool reads the counters; another version of it cannot.
    cargo::run(Command::new("rustup").args(["component", "add", "llvm-tools"]))?;
    let mut command = tools::command(LLVM_COV)?;
    command.args(["--workspace", "--locked"]);
    if args.html {
        command.arg("--html");
    }
    if let Some(filter) = &args.filter {
        command.args(["--", filter]);
    }
    cargo::run(&mut command)
}
