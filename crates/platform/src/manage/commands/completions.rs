//! `completions`: what a shell needs to complete this program's commands and options.

use clap::builder::EnumValueParser;
use clap::{Arg, ArgMatches};
use clap_complete::Shell;

use crate::error::{Error, Result};
use crate::manage::{Command, Context, all, command_line, output};

pub(super) const COMMAND: Command = Command {
    name: "completions",
    about: "Print a shell's completions, such as for `source <(manage completions bash)`",
    arguments: |command| {
        command.arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(EnumValueParser::<Shell>::new())
                .help("Whose completions"),
        )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let shell = matches
        .get_one::<Shell>("shell")
        .copied()
        .ok_or_else(|| Error::Failed("no shell was named".into()))?;
    let mut line = command_line(context.program(), &all(context.program()));
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut line, "manage", &mut text);
    output::part(String::from_utf8_lossy(&text));
    Ok(())
}
