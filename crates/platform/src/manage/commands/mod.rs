//! The built-in commands, one file each.

mod backup;
mod check;
mod clearlogs;
mod configreference;
mod doctor;
mod makemigrations;
mod migrate;
mod restore;
mod runserver;
mod showmigrations;
mod status;
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
        check::CHECK,
        check::VALIDATE,
        doctor::COMMAND,
        status::COMMAND,
        version::COMMAND,
        configreference::COMMAND,
        clearlogs::COMMAND,
        backup::COMMAND,
        restore::COMMAND,
    ]
}

pub use migrate::migrate_all;
pub use showmigrations::list as migration_list;
