//! `restore`: a backup into an empty database and an empty folder of uploads.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::backup::restore;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "restore",
    about: "Put a backup into an empty database and an empty folder of uploads",
    arguments: |command| {
        command
            .arg(
                Arg::new("file")
                    .value_name("FILE")
                    .required(true)
                    .value_parser(value_parser!(PathBuf))
                    .help("The backup"),
            )
            .arg(
                Arg::new("check")
                    .long("check")
                    .action(ArgAction::SetTrue)
                    .help("Only verify the file; change nothing"),
            )
            .arg(
                Arg::new("noinput")
                    .long("noinput")
                    .action(ArgAction::SetTrue)
                    .help("Do not ask before"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let file = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let plan = restore::plan(context.program(), &file)?;
    let manifest = &plan.checked.manifest;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let uploads = manifest.uploads.map_or(0, |uploads| uploads.files);
    output::line(format!(
        "{}: whole. Taken {} UTC by version {} from {}: {} tables, {rows} rows, {uploads} uploaded files.",
        file.display(),
        manifest.created_at.get(..19).unwrap_or(&manifest.created_at),
        manifest.version,
        manifest.engine,
        manifest.tables.len(),
    ));
    if matches.get_flag("check") {
        return Ok(());
    }
    let config = context.config()?;
    let place = config.database.described();
    if !matches.get_flag("noinput") && !is_confirmed(&place)? {
        return Err(Error::Failed(
            "not confirmed, so nothing was done; answer yes, or use --noinput".into(),
        ));
    }
    restore::restore(*context.program(), &config, &Clock::system(), &file, &plan, &mut |step| {
        output::line(format!("  {step}"));
    })?;
    output::line(format!("Restored into {place}. Everybody signs in again."));
    Ok(())
}

fn is_confirmed(place: &str) -> Result<bool> {
    output::part(format!("Restore it into {place}? Type 'yes' to continue: "));
    let mut answer = String::new();
    std::io::stdin()
        .read_line(&mut answer)
        .map_err(|error| Error::failed("no answer could be read", error))?;
    Ok(answer.trim() == "yes")
}
