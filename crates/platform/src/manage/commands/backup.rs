//! `backup`: the database and the uploads in one dated file.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use serde_json::{Map, json};

use crate::backup::{self, Options};
use crate::error::Result;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "backup",
    about: "Write the database and the uploads into one dated, verified file",
    arguments: |command| {
        command
            .arg(
                Arg::new("output")
                    .long("output")
                    .value_name("DIR|FILE")
                    .value_parser(value_parser!(PathBuf))
                    .help(
                        "Where to; a name that ends in .tar.gz is the file [default: BACKUP_DIR]",
                    ),
            )
            .arg(
                Arg::new("keep")
                    .long("keep")
                    .value_name("N")
                    .value_parser(value_parser!(u64).range(1..=100_000))
                    .help("Afterwards remove all but the newest N backups in that folder"),
            )
            .arg(
                Arg::new("no-media")
                    .long("no-media")
                    .action(ArgAction::SetTrue)
                    .help("Leave the uploaded files out"),
            )
            .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("Say it as JSON"))
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let app = context.app()?;
    let options = Options {
        output: matches.get_one::<PathBuf>("output").cloned(),
        keep: matches.get_one::<u64>("keep").and_then(|keep| usize::try_from(*keep).ok()),
        no_uploads: matches.get_flag("no-media"),
    };
    let made = backup::make(&app, &options)?;
    let manifest = &made.manifest;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    if matches.get_flag("json") {
        let tables: Map<String, _> = manifest
            .tables
            .iter()
            .map(|table| (table.shape.name.clone(), table.rows.into()))
            .collect();
        output::line(json!({
            "file": made.path,
            "bytes": made.bytes,
            "created_at": manifest.created_at,
            "engine": manifest.engine,
            "rows": rows,
            "tables": tables,
            "uploads": manifest.uploads,
            "removed": made.removed,
        }));
        return Ok(());
    }
    let uploads = match manifest.uploads {
        Some(uploads) => format!("{} uploaded files", uploads.files),
        None => "no uploaded files, as asked".to_owned(),
    };
    output::line(format!("{} ({} bytes)", made.path.display(), made.bytes));
    output::line(format!("{} tables, {rows} rows, {uploads}; verified", manifest.tables.len()));
    for path in made.removed {
        output::line(format!("removed {}", path.display()));
    }
    Ok(())
}
