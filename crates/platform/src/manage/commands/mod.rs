//! The built-in commands, one file each.

mod backup;
mod clearlogs;
mod configreference;
mod makemigrations;
mod migrate;
mod restore;
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
        clearlogs::COMMAND,
        backup::COMMAND,
        restore::COMMAND,
    ]
}

pub use migrate::migrate_all;
pub use showmigrations::list as migration_list;
