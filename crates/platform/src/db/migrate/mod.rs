//! Migrations: numbered steps from an empty database to the described one, in both dialects.
//!
//! A migration is a folder with `sqlite.sql`, `mysql.sql` and `state.json` (the module's tables after it). Applied
//! migrations are never edited: their checksum is recorded.

pub mod adopt;
pub mod detect;
mod fill;
mod keepsakes;
pub mod ledger;
pub mod plan;
pub(in crate::db) mod recognise;
pub mod render;
pub mod runner;
pub mod statement;

use super::Engine;

/// One step of one module.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Module it belongs to.
    pub module: &'static str,
    /// Numbered name, `0001_initial`.
    pub name: &'static str,
    /// Steps of other modules that come before it.
    pub depends: &'static [(&'static str, &'static str)],
    /// Statements for SQLite.
    pub sqlite: &'static str,
    /// Statements for MySQL.
    pub mysql: &'static str,
    /// The module's tables after it, as JSON.
    pub state: &'static str,
}

impl Migration {
    /// The whole text for an engine.
    #[must_use]
    pub fn text(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Mysql => self.mysql,
        }
    }

    /// The statements for an engine. Each ends with `;` at the end of a line; comment lines before one are not
    /// part of it, steps of the program's own (see [`statement`]) are.
    pub fn statements(&self, engine: Engine) -> impl Iterator<Item = &'static str> {
        // A checkout may have Windows line ends.
        let lines = self.text(engine).split(";\n").flat_map(|text| text.split(";\r\n"));
        lines.map(without_comments).filter(|statement| !statement.is_empty())
    }
}

/// The text from its first line that is no comment on.
fn without_comments(text: &'static str) -> &'static str {
    let mut rest = text.trim();
    while rest.starts_with("--") && statement::Action::own(rest).is_none() {
        rest = rest.split_once('\n').map_or("", |(_, after)| after.trim_start());
    }
    rest.strip_suffix(';').unwrap_or(rest)
}

/// Declares the migration in the folder `<name>` beside the calling file (or under a given folder).
#[macro_export]
macro_rules! migration {
    ($module:literal, $name:literal, $folder:literal, [$($depends:expr),* $(,)?]) => {
        $crate::db::migrate::Migration {
            module: $module,
            name: $name,
            depends: &[$($depends),*],
            sqlite: include_str!(concat!($folder, "/", $name, "/sqlite.sql")),
            mysql: include_str!(concat!($folder, "/", $name, "/mysql.sql")),
            state: include_str!(concat!($folder, "/", $name, "/state.json")),
        }
    };
}
