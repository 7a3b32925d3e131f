//! `sqlmigrate`: the statements of one migration, as they are run.

use clap::{Arg, ArgMatches};

use crate::app::migrations;
use crate::db::migrate::plan;
use crate::db::{Engine, Location};
use crate::error::Result;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "sqlmigrate",
    about: "Print the SQL statements of a migration",
    arguments: |command| {
        command
            .arg(Arg::new("module").required(true).help("Module of the migration"))
            .arg(Arg::new("name").required(true).help("Its name, or a beginning that no other has"))
            .arg(
                Arg::new("engine")
                    .long("engine")
                    .value_parser(["sqlite", "mysql"])
                    .help("For which engine; that of DATABASE_URL if not said"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let argument = |name| matches.get_one::<String>(name).map(String::as_str);
    let module = argument("module").unwrap_or_default();
    super::refuse_unknown_module(context.program(), module)?;
    let ordered = migrations(context.program().modules)?;
    let migration = plan::find(&ordered, module, argument("name").unwrap_or_default())?;
    let engine = match argument("engine") {
        Some("sqlite") => Engine::Sqlite,
        Some(_) => Engine::Mysql,
        None => match context.config()?.database.location {
            Location::File(_) => Engine::Sqlite,
            Location::Server(_) => Engine::Mysql,
        },
    };
    output::line(migration.text(engine).trim_end());
    Ok(())
}
