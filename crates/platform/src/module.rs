//! The card each module of the program fills in: what it is, in data.

use crate::checks::Check;
use crate::db::migrate::Migration;
use crate::db::migrate::adopt::Taken;
use crate::db::{Table, Tx};
use crate::error::Result;
use crate::http::Route;
use crate::i18n::Label;
use crate::manage::Command;
use crate::storage::Folder;

/// A permission that roles may hold.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    /// `<module>.<action>`.
    pub name: &'static str,
    /// What it lets one do.
    pub label: Label,
}

impl Permission {
    /// A permission.
    #[must_use]
    pub const fn new(name: &'static str, es: &'static str, en: &'static str) -> Self {
        Self { name, label: Label::new(es, en) }
    }
}

/// What runs after a `migrate` that reached the newest schema.
pub type AfterMigrate = fn(&mut Tx<'_>, &[Module]) -> Result<()>;

/// What runs once after the former program's rows were taken over; answers sentences for the operator.
pub type AfterAdoption = fn(&mut Tx<'_>) -> Result<Vec<String>>;
/// The name of an earlier module, and routes below its prefix.
pub type GuestRoutes = (&'static str, fn() -> Vec<Route>);

/// A module's card.
#[derive(Clone, Copy)]
pub struct Module {
    /// Folder and URL prefix.
    pub name: &'static str,
    /// What people call it.
    pub label: Label,
    /// Its tables, parents first.
    pub tables: &'static [&'static Table],
    /// Its migrations, oldest first.
    pub migrations: &'static [Migration],
    /// Its routes below `/api/<name>`.
    pub routes: fn() -> Vec<Route>,
    /// Routes below an earlier module's prefix, with that module's name: what it tells of that one's rows.
    pub guest_routes: &'static [GuestRoutes],
    /// Folders of files that people upload to it.
    pub media: &'static [&'static Folder],
    /// Its operator commands.
    pub commands: fn() -> Vec<Command>,
    /// Permissions it declares.
    pub permissions: &'static [Permission],
    /// Rows every installation needs.
    pub after_migrate: Option<AfterMigrate>,
    /// What its tables take from those of the program that this one replaces.
    pub adoption: &'static [Taken],
    /// What remains to be done with the rows taken over.
    pub after_adoption: Option<AfterAdoption>,
    /// What it checks of an installation.
    pub checks: &'static [Check],
}

impl Module {
    /// A card with nothing on it but a name; the rest by struct update.
    #[must_use]
    pub const fn named(name: &'static str, es: &'static str, en: &'static str) -> Self {
        Self {
            name,
            label: Label::new(es, en),
            tables: &[],
            migrations: &[],
            routes: Vec::new,
            guest_routes: &[],
            media: &[],
            commands: Vec::new,
            permissions: &[],
            after_migrate: None,
            adoption: &[],
            after_adoption: None,
            checks: &[],
        }
    }
}

impl Module {
    /// All its routes, each list with what its paths begin with.
    #[must_use]
    pub fn route_tables(&self) -> Vec<(String, Vec<Route>)> {
        let own = (format!("/api/{}", self.name), (self.routes)());
        let guests = self.guest_routes.iter();
        std::iter::once(own)
            .chain(guests.map(|(host, routes)| (format!("/api/{host}"), routes())))
            .collect()
    }
}

impl std::fmt::Debug for Module {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Module").field("name", &self.name).finish_non_exhaustive()
    }
}
