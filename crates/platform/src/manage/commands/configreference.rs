//! `configreference`: every setting, as Markdown.

use clap::ArgMatches;

use crate::config::reference;
use crate::error::Result;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "configreference",
    about: "Print every setting with its default and meaning (docs/CONFIG.md)",
    arguments: |command| command,
    run,
};

fn run(_context: &Context, _matches: &ArgMatches) -> Result<()> {
    output::part(reference::markdown());
    Ok(())
}
