//! The built-in commands, one file each.

mod collectstatic;
mod completions;
mod configreference;
mod createdb;
mod dumpdata;
mod flush;
mod generatesecret;
mod help;
mod loaddata;
mod makemigrations;
mod migrate;
mod runserver;
mod showmigrations;
mod showurls;
mod test;
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
        showurls::COMMAND,
        test::COMMAND,
        version::COMMAND,
        help::COMMAND,
        completions::COMMAND,
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
