//! `version`: the program's and its engines' versions.

use clap::ArgMatches;

use crate::error::Result;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "version",
    about: "Print the versions of the program and its engines",
    arguments: |c| c,
    run,
};

fn run(context: &Context, _matches: &ArgMatches) -> Result<()> {
    let program = context.program();
    output::line(format!("{} {} (SQLite {})", program.name, program.version, rusqlite::version()));
    Ok(())
}
