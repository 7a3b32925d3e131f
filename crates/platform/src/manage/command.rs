//! A command: name, help, arguments, what it does; and what it is given.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command as Clap};

use super::setup;
use crate::app::{App, Program};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Result;

/// A command of `manage`.
#[derive(Clone, Copy)]
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// One line of help.
    pub about: &'static str,
    /// Adds its arguments.
    pub arguments: fn(Clap) -> Clap,
    /// Does it.
    pub run: fn(&Context, &ArgMatches) -> Result<()>,
}

/// What a command is given. It takes only what it needs: a command that needs no database opens none.
pub struct Context {
    program: Program,
    folder: PathBuf,
}

impl Context {
    /// For a program in a working directory.
    #[must_use]
    pub fn new(program: Program, folder: PathBuf) -> Self {
        Self { program, folder }
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The working directory.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The configuration, with its secret key in place.
    pub fn config(&self) -> Result<Config> {
        setup::config(&self.folder)
    }

    /// The running program: configuration and database.
    pub fn app(&self) -> Result<App> {
        App::build(self.program, self.config()?, Clock::system())
    }

    /// The same, refusing a database whose schema is not the newest.
    pub fn migrated_app(&self) -> Result<App> {
        let app = self.app()?;
        setup::refuse_unmigrated(&app)?;
        Ok(app)
    }
}
