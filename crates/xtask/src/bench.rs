//! `cargo xtask bench`.

use xtask::{Result, provision};

use crate::cargo::{self, cargo};
use crate::cli::BenchArgs;

/// Builds the benchmark as the product is built and runs it.
pub fn run(args: &BenchArgs) -> Result<()> {
    provision::ensure(&[provision::WRK])?;
    let mut command = cargo();
    command.args(["run", "--release", "--locked", "-p", "bench", "--"]);
    cargo::run(command.args(&args.args))
}
