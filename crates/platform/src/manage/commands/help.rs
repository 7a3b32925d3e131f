//! `help`: all commands, or one.

use clap::{Arg, ArgMatches};

use crate::error::{Error, Result};
use crate::manage::{Command, Context, all, command_line, output, usage};

pub(super) const COMMAND: Command = Command {
    name: "help",
    about: "List the commands, or explain one",
    arguments: |command| {
        command.arg(Arg::new("command").value_name("COMMAND").help("The command to explain"))
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let Some(name) = matches.get_one::<String>("command") else {
        output::part(usage::overview(context.program()));
        return Ok(());
    };
    let mut line = command_line(context.program(), &all(context.program()));
    line.build();
    if let Some(command) = line.find_subcommand_mut(name) {
        output::part(command.render_long_help());
        return Ok(());
    }
    // The parser knows which name is near.
    let error = line.try_get_matches_from(["manage", name.as_str()]).err();
    let told = error.as_ref().and_then(usage::unknown_command);
    Err(Error::Failed(told.unwrap_or_else(|| usage::unknown(name, None))))
}
