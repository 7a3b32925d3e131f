//! `configreference`: every setting, as Markdown or as a `.env` to edit.

use clap::{Arg, ArgAction, ArgMatches};

use crate::config::reference;
use crate::error::Result;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "configreference",
    about: "Print every setting with its default and meaning (docs/CONFIG.md)",
    arguments: |command| {
        command.arg(
            Arg::new("env")
                .long("env")
                .action(ArgAction::SetTrue)
                .help("As a .env to copy and edit (env.prod.example)"),
        )
    },
    run,
};

fn run(_context: &Context, matches: &ArgMatches) -> Result<()> {
    let is_env = matches.get_flag("env");
    output::part(if is_env { reference::env_example() } else { reference::markdown() });
    Ok(())
}
