//! `flush`: an empty database with its schema.

use clap::{Arg, ArgAction, ArgMatches};

use crate::error::{Error, Result};
use crate::fixtures;
use crate::manage::{Command, Context, output, terminal};

pub(super) const COMMAND: Command = Command {
    name: "flush",
    about: "Remove all data, history and sessions, and keep the schema",
    arguments: |command| {
        command
            .arg(
                Arg::new("noinput")
                    .long("noinput")
                    .alias("no-input")
                    .action(ArgAction::SetTrue)
                    .help("Do not ask"),
            )
            .arg(
                Arg::new("allow-production")
                    .long("allow-production")
                    .action(ArgAction::SetTrue)
                    .help("Needed where DEBUG is off"),
            )
            .arg(Arg::new("bare").long("bare").action(ArgAction::SetTrue).help(
                "Leave out even the rows of a new installation (roles, permissions), to load a dump that has them",
            ))
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let config = context.config()?;
    if !config.debug && !matches.get_flag("allow-production") {
        return Err(Error::Failed(
            "DEBUG is off, so this may be real data: nothing was removed. Make a backup, then say \
             --allow-production if it is meant"
                .into(),
        ));
    }
    let app = context.migrated_app()?;
    if !matches.get_flag("noinput") {
        output::line(format!(
            "This removes ALL data of the database {} for good, and keeps its schema.",
            config.database.described()
        ));
        if !terminal::is_word_yes("Type 'yes' to continue, or 'no' to cancel: ")? {
            output::line("Flush cancelled.");
            return Ok(());
        }
    }
    fixtures::flush(&app, !matches.get_flag("bare"))
}
