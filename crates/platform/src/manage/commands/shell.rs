//! `shell`: a prompt with every model, or a script.

use std::io::{IsTerminal, Read};

use clap::{Arg, ArgAction, ArgMatches};

use crate::error::{Error, Result};
use crate::manage::shell::{self, Options, Source};
use crate::manage::{Command, Context};

pub(super) const COMMAND: Command = Command {
    name: "shell",
    about: "Look into the data at a prompt, or by a script from -c or standard input",
    arguments: |command| {
        command
            .arg(
                Arg::new("command")
                    .short('c')
                    .long("command")
                    .value_name("STATEMENTS")
                    .help("Run these statements; only what they print is shown"),
            )
            .arg(
                Arg::new("write")
                    .long("write")
                    .action(ArgAction::SetTrue)
                    .help("Allow create, save, update and delete; each is asked about"),
            )
            .arg(
                Arg::new("yes")
                    .long("yes")
                    .action(ArgAction::SetTrue)
                    .requires("write")
                    .help("Do not ask; needed for writing from a pipe"),
            )
    },
    run,
};

/// Bytes of a script that are read; a longer one is refused.
const MOST_BYTES: u64 = (1 << 20) + 1;

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let (write, yes) = (matches.get_flag("write"), matches.get_flag("yes"));
    let is_terminal = std::io::stdin().is_terminal();
    if write && !yes && !is_terminal {
        return Err(Error::Failed(
            "nobody can be asked here: writing without a terminal needs --write --yes".to_owned(),
        ));
    }
    let source = match matches.get_one::<String>("command") {
        Some(text) => Source::Text(text.clone()),
        None if is_terminal => Source::Prompt,
        None => {
            let mut text = String::new();
            std::io::stdin()
                .take(MOST_BYTES)
                .read_to_string(&mut text)
                .map_err(|error| Error::failed("the script cannot be read", error))?;
            Source::Text(text)
        }
    };
    shell::start(context.migrated_app()?, Options { source, write, yes })
}
