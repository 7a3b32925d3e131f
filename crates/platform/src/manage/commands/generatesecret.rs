//! `generatesecret`: a good SECRET_KEY.

use clap::ArgMatches;

use crate::auth;
use crate::error::Result;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "generatesecret",
    about: "Print a random value for SECRET_KEY that needs no quotes in .env",
    arguments: |command| command,
    run,
};

fn run(_context: &Context, _matches: &ArgMatches) -> Result<()> {
    output::line(auth::secret_key()?);
    Ok(())
}
