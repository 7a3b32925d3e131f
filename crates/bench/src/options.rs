//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The load benchmark.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask bench",
    bin_name = "cargo xtask bench",
    args_conflicts_with_subcommands = true
)]
pub struct Cli {
    /// Another mode than the benchmark itself.
    #[command(subcommand)]
    pub mode: Option<Mode>,
    /// How to load.
    #[command(flatten)]
    pub load: Load,
}

/// Other modes of the same program.
#[derive(Debug, Subcommand)]
pub enum Mode {
    /// Serves the floor; the benchmark starts this itself
    #[command(hide = true)]
    Floor(Floor),
}

/// How to load.
#[derive(Debug, Args)]
pub struct Load {
    /// How long each measurement lasts
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=120))]
    pub seconds: u32,
    /// Connections at once
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub clients: u32,
    /// On which database
    #[arg(long, value_enum, default_value_t = Engines::Both)]
    pub engine: Engines,
    /// Patients to invent
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub patients: u32,
    /// Appointments to invent, each with its ticket
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    pub appointments: u32,
    /// Only cases whose name contains this
    #[arg(long, value_name = "NAME")]
    pub only: Option<String>,
    /// Use the `manage` that was built last, whatever has changed since
    #[arg(long)]
    pub no_build: bool,
}

/// On which databases to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engines {
    /// One embedded file.
    Sqlite,
    /// A throw-away MariaDB, flushing every commit.
    Mysql,
    /// One after the other.
    Both,
}

/// What the floor needs to know.
#[derive(Debug, Args)]
pub struct Floor {
    /// A file, or a `mysql://` URL
    #[arg(long)]
    pub database: String,
    /// Port on 127.0.0.1
    #[arg(long)]
    pub port: u16,
    /// Scheme and host that the product writes into links
    #[arg(long)]
    pub base: String,
    /// The clinic's day, YYYY-MM-DD
    #[arg(long)]
    pub today: String,
    /// The appointment that is asked for by its id
    #[arg(long)]
    pub appointment: i64,
    /// Connections or reader threads, as many as the product has
    #[arg(long)]
    pub threads: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
