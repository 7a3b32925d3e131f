//! The built-in commands, one file each.

mod adopt;
mod backup;
mod check;
mod clearlogs;
mod collectstatic;
mod completions;
mod configreference;
mod createdb;
mod dbshell;
mod doctor;
mod dumpdata;
mod flush;
mod generatesecret;
mod help;
mod loaddata;
mod makemigrations;
mod migrate;
mod restore;
mod runserver;
mod shell;
mod showmigrations;
mod showurls;
mod slowqueries;
mod sqlmigrate;
mod status;
mod test;
mod version;

use super::Command;
use crate::app::Program;
use crate::error::{Error, Result};

/// All of them.
#[must_use]
pub fn built_in() -> Vec<Command> {
    vec![
        runserver::COMMAND,
        migrate::COMMAND,
        adopt::COMMAND,
        showmigrations::COMMAND,
        makemigrations::COMMAND,
        check::CHECK,
        check::VALIDATE,
        doctor::COMMAND,
        status::COMMAND,
        sqlmigrate::COMMAND,
        showurls::COMMAND,
        test::COMMAND,
        version::COMMAND,
        help::COMMAND,
        completions::COMMAND,
        configreference::COMMAND,
        clearlogs::COMMAND,
        backup::COMMAND,
        restore::COMMAND,
        shell::COMMAND,
        dbshell::COMMAND,
        slowqueries::COMMAND,
        createdb::COMMAND,
        generatesecret::COMMAND,
        collectstatic::COMMAND,
        dumpdata::COMMAND,
        loaddata::COMMAND,
        flush::COMMAND,
    ]
}

pub use adopt::adopt_all;
pub use migrate::{migrate_all, write_needed_rows};
pub use showmigrations::list as migration_list;

/// The modules that may have tables: the engine room's own name, then the program's.
fn module_names(program: &Program) -> Vec<&'static str> {
    std::iter::once("platform").chain(program.modules.iter().map(|module| module.name)).collect()
}

fn refuse_unknown_module(program: &Program, module: &str) -> Result<()> {
    let names = module_names(program);
    if names.contains(&module) {
        return Ok(());
    }
    Err(Error::Failed(format!("there is no module '{module}'; there are: {}", names.join(", "))))
}
