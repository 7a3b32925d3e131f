//! `loaddata`: fixtures into the database, all or nothing.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches};
use tempfile::NamedTempFile;

use crate::error::{Error, Result};
use crate::fixtures::{self, Options};
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "loaddata",
    about: "Load fixtures as dumpdata writes them: everything or, if one record is refused, nothing",
    arguments: |command| {
        command
            .arg(
                Arg::new("files")
                    .value_name("FILE | -")
                    .action(ArgAction::Append)
                    .required(true)
                    .help("Files to load, in order; - is the standard input"),
            )
            .arg(
                Arg::new("ignore-unknown")
                    .long("ignorenonexistent")
                    .short('i')
                    .action(ArgAction::SetTrue)
                    .help("Pass over models and fields that there are not"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let names: Vec<&String> = matches.get_many::<String>("files").unwrap_or_default().collect();
    if names.iter().filter(|name| name.as_str() == "-").count() > 1 {
        return Err(Error::Failed("- may be named once: the input can be read once".into()));
    }
    let app = context.migrated_app()?;
    // The engine may ask for a transaction again, and the input comes only once: it is kept until the end.
    let mut kept = None;
    let mut files = Vec::with_capacity(names.len());
    for name in &names {
        if name.as_str() == "-" {
            let file = kept.insert(spool()?);
            files.push(("standard input".to_owned(), file.path().to_owned()));
        } else {
            files.push(((*name).clone(), PathBuf::from(name)));
        }
    }
    let options = Options { ignore_unknown: matches.get_flag("ignore-unknown") };
    let loaded = fixtures::load(&app, files, options)?;
    output::line(format!("Installed {} object(s) from {} fixture(s)", loaded.objects, names.len()));
    if loaded.ignored > 0 {
        output::line(format!("Passed over {} object(s) of unknown models", loaded.ignored));
    }
    Ok(())
}

fn spool() -> Result<NamedTempFile> {
    let failed = |error: std::io::Error| Error::failed("standard input", error);
    let mut file = NamedTempFile::new().map_err(failed)?;
    std::io::copy(&mut std::io::stdin().lock(), &mut file).map_err(failed)?;
    Ok(file)
}
