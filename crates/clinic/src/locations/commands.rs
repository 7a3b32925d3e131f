//! `importubigeo`: countries and Peru's geography from the program's own tables, or from CSV files.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use platform::error::{Error, Result};
use platform::i18n::Text;
use platform::manage::{Command, Context, output};

use super::service::ubigeo::{self, File};

/// All of them.
pub fn all() -> Vec<Command> {
    vec![Command {
        name: "importubigeo",
        about: "Load countries and Peru's regions, provinces and districts; safe to repeat",
        arguments: |command| {
            command
                .arg(
                    Arg::new("file")
                        .long("file")
                        .value_name("CSV")
                        .action(ArgAction::Append)
                        .value_parser(value_parser!(PathBuf))
                        .help("A table of one's own, told by its header; may be repeated"),
                )
                .arg(
                    Arg::new("path")
                        .long("path")
                        .value_name("FOLDER")
                        .value_parser(value_parser!(PathBuf))
                        .conflicts_with("file")
                        .help("A folder with countries, regions, provinces and districts.csv"),
                )
                .arg(
                    Arg::new("country-iso2")
                        .long("country-iso2")
                        .value_name("ISO2")
                        .default_value(ubigeo::PERU)
                        .help("The country that the regions belong to"),
                )
        },
        run,
    }]
}

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let tables = ubigeo::read(&files(matches)?);
    let country = matches.get_one::<String>("country-iso2").cloned().unwrap_or_default();
    let app = context.migrated_app()?;
    let counts =
        app.write_blocking("importubigeo", true, move |tx| ubigeo::run(tx, &tables, &country))?;
    for counts in counts {
        let text = Text::key("locations.import_counts")
            .with("file", counts.file)
            .with("new", counts.new)
            .with("updated", counts.updated)
            .with("unchanged", counts.unchanged);
        output::line(text.speak(app.program().texts, app.config().language));
    }
    Ok(())
}

fn files(matches: &ArgMatches) -> Result<Vec<File>> {
    if let Some(folder) = matches.get_one::<PathBuf>("path") {
        return ubigeo::FILES.iter().map(|name| file(&folder.join(name))).collect();
    }
    match matches.get_many::<PathBuf>("file") {
        Some(paths) => paths.map(|path| file(path)).collect(),
        None => ubigeo::embedded(),
    }
}

fn file(path: &Path) -> Result<File> {
    let name = path.display().to_string();
    let content = std::fs::read(path).map_err(|error| Error::failed(&name, error))?;
    Ok(File { name, content })
}
