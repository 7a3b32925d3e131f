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
    match line.find_subcommand_mut(name) {
        Some(command) => output::part(command.render_long_help()),
        None => {
            // The parser knows which name is near.
            let near = line
                .try_get_matches_from(["manage", name.as_str()])
                .err()
                .and_then(|error| usage::unknown_command(&error));
            return Err(Error::Failed(near.unwrap_or_else(|| usage::unknown(name, None))));
        }
    }
    Ok(())
}
