//! `dbshell`: the engine's own client on the configured database, or a small prompt when there is none.

use clap::{Arg, ArgMatches};

use crate::error::Result;
use crate::manage::dbshell::{self, Request};
use crate::manage::{Command, Context};

pub(super) const COMMAND: Command = Command {
    name: "dbshell",
    about: "Open the database in its own client (mariadb, mysql, sqlite3)",
    arguments: |command| {
        command
            .arg(
                Arg::new("execute")
                    .short('e')
                    .long("execute")
                    .short_alias('c')
                    .value_name("SQL")
                    .help("Run this and leave (also -c)"),
            )
            .arg(
                Arg::new("arguments")
                    .last(true)
                    .num_args(0..)
                    .value_name("ARGUMENTS")
                    .help("Handed to the client as they are"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let arguments = matches.get_many::<String>("arguments").unwrap_or_default().cloned().collect();
    let sql = matches.get_one::<String>("execute").cloned();
    let code = dbshell::start(&context.config()?.database, &Request { sql, arguments })?;
    if code != 0 {
        // The client has said why; its code is the answer.
        std::process::exit(code);
    }
    Ok(())
}
