//! `doctor`: this machine and this installation, thing by thing, with the remedy.

use clap::{Arg, ArgAction, ArgMatches};

use crate::checks::Subject;
use crate::clock::Clock;
use crate::config::Source;
use crate::doctor::{self, State};
use crate::error::{Error, Result};
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "doctor",
    about: "Examine machine, services, settings and folders; --fix mends what is safe",
    arguments: |command| {
        command
            .arg(
                Arg::new("fix")
                    .long("fix")
                    .action(ArgAction::SetTrue)
                    .help("Make missing folders and set file modes"),
            )
            .arg(
                Arg::new("json")
                    .long("json")
                    .action(ArgAction::SetTrue)
                    .help("Print the outcome as JSON"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let examined = || {
        let source = Source::load(context.folder());
        let is_plain = source.has("NO_COLOR");
        let subject = Subject::new(context.program(), context.folder(), source, Clock::system());
        doctor::examine(&subject).map(|rows| (rows, is_plain))
    };
    let (mut rows, is_plain) = examined()?;
    let mut mended = Vec::new();
    if matches.get_flag("fix") {
        mended = doctor::mend(&rows);
        (rows, _) = examined()?;
    }
    if matches.get_flag("json") {
        output::line(format!("{:#}", doctor::json(&rows, &mended)));
    } else {
        for did in &mended {
            output::line(format!("Fixed: {did}"));
        }
        output::line(doctor::text(&rows, output::is_terminal() && !is_plain));
    }
    match doctor::count(&rows, State::Error) {
        0 => Ok(()),
        count => Err(Error::Failed(format!(
            "the doctor found {count} error(s); each has its remedy above"
        ))),
    }
}
