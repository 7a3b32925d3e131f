//! What the checks look at: settings at once, the database and Redis when the first check asks.

use std::cell::{OnceCell, RefCell};
use std::path::{Path, PathBuf};

use super::{DatabaseFacts, Found, RedisFacts, facts};
use crate::app::Program;
use crate::clock::Clock;
use crate::config::{Config, Problem, Source};
use crate::db::Conn;
use crate::error::Result;

/// The installation that is looked at.
pub struct Subject<'a> {
    program: &'a Program,
    folder: PathBuf,
    source: Source,
    config: Result<Config, Vec<Problem>>,
    clock: Clock,
    pub(super) database: OnceCell<Result<DatabaseFacts, String>>,
    conn: RefCell<Option<Conn>>,
    pub(super) redis: OnceCell<Option<Result<RedisFacts, String>>>,
}

impl<'a> Subject<'a> {
    /// A program with its settings, in a working directory. Nothing is opened or made.
    #[must_use]
    pub fn new(program: &'a Program, folder: &Path, source: Source, clock: Clock) -> Self {
        Self {
            program,
            folder: folder.to_owned(),
            config: Config::from_source(source.clone(), folder),
            source,
            clock,
            database: OnceCell::new(),
            conn: RefCell::new(None),
            redis: OnceCell::new(),
        }
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &'a Program {
        self.program
    }

    /// Working directory.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Settings as given.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Settings, if they can be used.
    #[must_use]
    pub fn config(&self) -> Option<&Config> {
        self.config.as_ref().ok()
    }

    /// Why they cannot be used.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.config.as_ref().err().map_or(&[], Vec::as_slice)
    }

    /// Clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Ids that are accepted; also those of a configuration that cannot be used otherwise.
    #[must_use]
    pub fn silenced(&self) -> Vec<String> {
        self.config().map_or_else(Vec::new, |config| config.security.silenced_checks.clone())
    }

    /// What the database says of itself; `None` if it cannot be reached.
    pub fn database(&self) -> Option<&DatabaseFacts> {
        self.looked_at_database()?.as_ref().ok()
    }

    /// Why the database cannot be reached.
    pub fn database_away(&self) -> Option<&str> {
        self.looked_at_database()?.as_ref().err().map(String::as_str)
    }

    fn looked_at_database(&self) -> Option<&Result<DatabaseFacts, String>> {
        let config = self.config()?;
        Some(self.database.get_or_init(|| {
            let (facts, conn) = facts::database::read(self.program, config, &self.clock)?;
            *self.conn.borrow_mut() = conn;
            Ok(facts)
        }))
    }

    /// What Redis says of itself; `None` if none is configured or it cannot be reached.
    pub fn redis(&self) -> Option<&RedisFacts> {
        self.looked_at_redis()?.as_ref().ok()
    }

    /// Why Redis cannot be reached.
    pub fn redis_away(&self) -> Option<&str> {
        self.looked_at_redis()?.as_ref().err().map(String::as_str)
    }

    fn looked_at_redis(&self) -> Option<&Result<RedisFacts, String>> {
        let config = self.config()?;
        self.redis
            .get_or_init(|| config.redis_url.as_ref().map(|url| facts::redis::read(url.reveal())))
            .as_ref()
    }

    /// Asks a database whose schema is the newest; of another one nothing can be said.
    pub fn with_rows(
        &self,
        look: impl FnOnce(&mut Conn) -> Result<Vec<Found>>,
    ) -> Result<Vec<Found>> {
        if self.database().is_none_or(|facts| !facts.is_current()) {
            return Ok(Vec::new());
        }
        self.conn.borrow_mut().as_mut().map_or_else(|| Ok(Vec::new()), look)
    }
}

impl std::fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subject").field("folder", &self.folder).finish_non_exhaustive()
    }
}
