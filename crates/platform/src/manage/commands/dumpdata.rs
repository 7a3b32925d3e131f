//! `dumpdata`: the data as a fixture.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use tempfile::NamedTempFile;

use crate::error::{Error, Result};
use crate::fixtures;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "dumpdata",
    about: "Write the data as JSON in Django's fixture form; passwords only as their hashes",
    arguments: |command| {
        command
            .arg(
                Arg::new("labels")
                    .value_name("MODULE[.MODEL]")
                    .action(ArgAction::Append)
                    .help("Only these modules, models or tables; all if none is named"),
            )
            .arg(
                Arg::new("exclude")
                    .long("exclude")
                    .short('e')
                    .value_name("MODULE[.MODEL]")
                    .action(ArgAction::Append)
                    .help("Not this one; may be repeated"),
            )
            .arg(
                Arg::new("indent")
                    .long("indent")
                    .value_name("BLANKS")
                    .value_parser(value_parser!(u8).range(0..=16))
                    .help("Blanks a level; without it one record a line"),
            )
            .arg(
                Arg::new("output")
                    .long("output")
                    .short('o')
                    .value_name("FILE")
                    .value_parser(value_parser!(PathBuf))
                    .help("Write to this file, readable by its owner only"),
            )
            .arg(
                Arg::new("format")
                    .long("format")
                    .value_parser(["json"])
                    .default_value("json")
                    .help("The one form there is"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let list = |name: &str| -> Vec<String> {
        matches.get_many::<String>(name).unwrap_or_default().cloned().collect()
    };
    let models = fixtures::select(context.program().modules, &list("labels"), &list("exclude"))?;
    let indent = matches.get_one::<u8>("indent").copied().map(usize::from);
    let app = context.migrated_app()?;
    let mut conn = app.db().connect()?;
    let mut dump = |out: &mut dyn Write| fixtures::dump(&mut conn, &models, indent, out);
    match matches.get_one::<PathBuf>("output") {
        Some(path) => whole(path, &mut dump),
        None => dump(&mut output::writer()).map(|_| ()),
    }
}

/// Writes a file beside the target and puts it in its place when it is whole.
fn whole(path: &Path, dump: &mut dyn FnMut(&mut dyn Write) -> Result<usize>) -> Result<()> {
    let failed = |error: std::io::Error| Error::failed(&path.display().to_string(), error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let file = NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    let mut out = BufWriter::new(file);
    dump(&mut out)?;
    let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map(|_| ()).map_err(|error| failed(error.error))
}
