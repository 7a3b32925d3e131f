//! The built-in commands, one file each.

mod collectstatic;
mod configreference;
mod createdb;
mod dumpdata;
mod flush;
mod generatesecret;
mod loaddata;
mod makemigrations;
mod migrate;
mod runserver;
mod showmigrations;
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
        createdb::COMMAND,
        generatesecret::COMMAND,
        collectstatic::COMMAND,
        dumpdata::COMMAND,
        loaddata::COMMAND,
        flush::COMMAND,
    ]
}

pub use migrate::{migrate_all, write_needed_rows};
pub use showmigrations::list as migration_list;
