//! `status`: services, migrations, backup, errors, disk, memory and sizes on one screen.

use clap::{Arg, ArgAction, ArgMatches};

use crate::checks::Subject;
use crate::clock::Clock;
use crate::config::Source;
use crate::error::{Error, Result};
use crate::manage::{Command, Context, output};
use crate::status;

pub(super) const COMMAND: Command = Command {
    name: "status",
    about: "Show services, migrations, last backup, recent errors, disk, memory and sizes",
    arguments: |command| {
        command.arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("Print the outcome as JSON"),
        )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let source = Source::load(context.folder());
    let subject = Subject::new(context.program(), context.folder(), source, Clock::system());
    let status = status::look(&subject)?;
    if matches.get_flag("json") {
        let json = serde_json::to_string_pretty(&status)
            .map_err(|error| Error::failed("status", error))?;
        output::line(json);
    } else {
        output::line(status.text());
    }
    if status.is_broken() {
        return Err(Error::Failed(
            "a service does not answer; `manage doctor` says more".to_owned(),
        ));
    }
    Ok(())
}
