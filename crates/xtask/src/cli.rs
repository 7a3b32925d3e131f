//! The command line.

use std::ffi::OsString;

use clap::{Args, Parser, Subcommand};

/// The developer's commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// One command for each habit: before a commit, before a pull request, before a claim about speed.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Formatting, lints, documentation, licences and unused dependencies; stops at the first failure
    Check(CheckArgs),
    /// Every test, on SQLite and again on MariaDB and Redis, which it installs and starts itself
    Test(TestArgs),
    /// Which lines the tests reach (on SQLite; with servers named by TEST_DATABASE_URL and TEST_REDIS_URL, on those)
    Coverage(CoverageArgs),
    /// The load benchmark (optimised build); what follows goes to it unchanged
    Bench(BenchArgs),
}

/// Options of `check`.
#[derive(Debug, Default, Args)]
pub struct CheckArgs {
    /// Format the code instead of complaining about it
    #[arg(long)]
    pub fix: bool,
}

/// Options of `test`.
#[derive(Debug, Default, Args)]
pub struct TestArgs {
    /// Only on SQLite and in memory: needs nothing installed, and checks nothing but the tests
    #[arg(long)]
    pub embedded: bool,
    /// Only tests whose name contains NAME
    #[arg(long, value_name = "NAME")]
    pub filter: Option<String>,
    /// Without formatting, lints and documentation before the tests
    #[arg(long)]
    pub no_check: bool,
}

/// Options of `coverage`.
#[derive(Debug, Default, Args)]
pub struct CoverageArgs {
    /// As pages in target/llvm-cov/html instead of a table
    #[arg(long)]
    pub html: bool,
    /// Only tests whose name contains NAME
    #[arg(long, value_name = "NAME")]
    pub filter: Option<String>,
}

/// Options of `bench`.
#[derive(Debug, Args)]
pub struct BenchArgs {
    /// Arguments of the benchmark; `--help` shows its own
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub args: Vec<OsString>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn options_of_the_benchmark_reach_it_unchanged() -> Result<(), clap::Error> {
        let line = ["xtask", "bench", "list", "--clients", "64", "-v"];
        let cli = Cli::try_parse_from(line)?;
        let expected = ["list", "--clients", "64", "-v"];
        assert!(matches!(cli.command, Command::Bench(bench) if bench.args == expected));
        Ok(())
    }

    #[test]
    fn a_filter_needs_a_name() -> Result<(), clap::Error> {
        assert!(Cli::try_parse_from(["xtask", "test", "--filter"]).is_err());
        let cli = Cli::try_parse_from(["xtask", "test", "--embedded", "--filter", "book"])?;
        assert!(matches!(
            cli.command,
            Command::Test(test)
                if test.embedded && !test.no_check && test.filter.as_deref() == Some("book")
        ));
        Ok(())
    }
}
