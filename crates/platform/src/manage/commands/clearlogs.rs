//! `clearlogs`: removes log files of days long past.

use chrono::Days;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::log::folder;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "clearlogs",
    about: "Remove rotated log files older than some days",
    arguments: |command| {
        command
            .arg(
                Arg::new("days")
                    .long("days")
                    .value_name("N")
                    .default_value("7")
                    .value_parser(value_parser!(u64).range(..=36_500))
                    .help("Keep the files of the last N days"),
            )
            .arg(
                Arg::new("dry-run")
                    .long("dry-run")
                    .action(ArgAction::SetTrue)
                    .help("Only say what would go"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let config = context.config()?;
    let folder = &config.files.log_dir;
    let failed = |path: &std::path::Path, error| Error::failed(&path.display().to_string(), error);
    let days = Days::new(matches.get_one::<u64>("days").copied().unwrap_or(7));
    let today = Clock::system().today(config.time_zone);
    let first_kept = today.checked_sub_days(days).unwrap_or(today);
    let old = match folder::before(folder, first_kept) {
        Ok(old) => old,
        // A folder that was never made has nothing old in it.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(failed(folder, error)),
    };
    let is_dry = matches.get_flag("dry-run");
    let mut bytes = 0;
    for file in &old {
        if !is_dry {
            std::fs::remove_file(&file.path).map_err(|error| failed(&file.path, error))?;
        }
        bytes += file.bytes;
        output::line(format!("{} ({} bytes)", file.path.display(), file.bytes));
    }
    let verb = if is_dry { "would be removed" } else { "removed" };
    output::line(format!("{} log files {verb}, {bytes} bytes", old.len()));
    Ok(())
}
