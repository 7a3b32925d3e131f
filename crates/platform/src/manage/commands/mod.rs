//! The built-in commands, one file each.

mod configreference;
mod dbshell;
mod makemigrations;
mod migrate;
mod runserver;
mod shell;
mod showmigrations;
mod slowqueries;
mod version;

use super::Command;

/// All of them.
#[must_use]
pub fn built_in() -> Vec<Command> {
    vec![
        runserver::COMMAND,
        migrate::COMMAND,
        showmigrations::COMMAND,
        makemigrations::COMMAND,
        version::COMMAND,
        configreference::COMMAND,
        shell::COMMAND,
        dbshell::COMMAND,
        slowqueries::COMMAND,
    ]
}

pub use migrate::migrate_all;
pub use showmigrations::list as migration_list;
