//! `slowqueries`: which statements are slow, from the log files and from the server's own figures.

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::clock::Clock;
use crate::error::Result;
use crate::manage::{Command, Context, slowqueries};

pub(super) const COMMAND: Command = Command {
    name: "slowqueries",
    about: "List the statements slower than SLOW_QUERY_MS, by the time they took",
    arguments: |command| {
        command
            .arg(
                Arg::new("limit")
                    .long("limit")
                    .value_name("N")
                    .default_value("20")
                    .value_parser(value_parser!(u16).range(1..=1_000))
                    .help("How many statements to list"),
            )
            .arg(
                Arg::new("reset")
                    .long("reset")
                    .action(ArgAction::SetTrue)
                    .help("Count from now on; the log files stay as they are"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let config = context.config()?;
    if matches.get_flag("reset") {
        return slowqueries::reset(&config.files.log_dir, &Clock::system());
    }
    let limit = matches.get_one::<u16>("limit").copied().unwrap_or(20);
    slowqueries::report(&config, usize::from(limit))
}
