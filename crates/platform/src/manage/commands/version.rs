//! `version`: the program's and its engines' versions.

use clap::ArgMatches;

use crate::db::Location;
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
    let commit = program
        .commit
        .filter(|commit| !commit.is_empty())
        .map_or_else(String::new, |commit| format!(" (commit {commit})"));
    output::line(format!("{} {}{commit}", program.name, program.version));
    output::line(format!("SQLite {} (built in)", rusqlite::version()));
    // A version is told whatever the settings are worth; the server's only where one is set and answers.
    if let Ok(config) = context.config()
        && matches!(config.database.location, Location::Server(_))
    {
        let told = server_version(context).unwrap_or_else(|_| "does not answer".to_owned());
        output::line(format!("{}: {told}", config.database.described()));
    }
    Ok(())
}

fn server_version(context: &Context) -> Result<String> {
    let app = context.app()?;
    Ok(app.db().connect()?.one("SELECT VERSION()", &[])?)
}
