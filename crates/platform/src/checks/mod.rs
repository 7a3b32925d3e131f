//! System checks: what may be wrong with this installation, by id, with a hint how to mend it.
//!
//! A [`Check`] is data: an id, how bad it is, its tags, when it is asked, and a function from facts to what it
//! found. Facts are gathered once, by need (`facts`): settings and files cost nothing, the database and Redis are
//! opened only by the checks that look at them, and those are asked only with `--database` or `--deploy`. Modules
//! bring their own checks on their card.

mod database;
mod deployment;
pub mod facts;
pub mod files;
pub mod operation;
mod program;
mod redis;
mod report;
mod secrets;
mod settings;
mod spelling;
mod subject;
#[cfg(test)]
mod tests;
mod web;
mod words;

use std::collections::BTreeSet;
use std::fmt;

pub use facts::{DatabaseFacts, RedisFacts, ServerFacts};
pub use report::{Report, Tally};
pub use subject::Subject;
pub use words::{Level, Tag};

use crate::app::Program;
use crate::config::Config;
use crate::db::Conn;
use crate::error::{Error, Result};

/// One thing that a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    message: String,
    hint: String,
    object: Option<String>,
    id: Option<String>,
}

impl Found {
    /// Something is so.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The variable, file, table or account it is about.
    #[must_use]
    pub fn about(mut self, object: impl Into<String>) -> Self {
        self.object = Some(object.into());
        self
    }

    /// An id of its own, where one check speaks of many things.
    #[must_use]
    pub(crate) fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Nothing, or this one thing.
    #[must_use]
    pub fn when(is_so: bool, found: impl FnOnce() -> Self) -> Vec<Self> {
        if is_so { vec![found()] } else { Vec::new() }
    }
}

/// Where a check looks, which decides what is opened for it.
#[derive(Clone, Copy)]
pub enum Look {
    /// At raw settings and the program, also when the configuration cannot be used.
    Subject(fn(&Subject<'_>) -> Vec<Found>),
    /// Whether a service answers at all.
    Service(fn(&Subject<'_>) -> Vec<Found>),
    /// At a usable configuration, and at files.
    Config(fn(&Config, &Subject<'_>) -> Vec<Found>),
    /// At what the database says of itself.
    Database(fn(&DatabaseFacts, &Config) -> Vec<Found>),
    /// At what Redis says of itself.
    Redis(fn(&RedisFacts, &Config) -> Vec<Found>),
    /// At rows of a migrated database.
    Rows(fn(&mut Conn, &Subject<'_>) -> Result<Vec<Found>>),
}

impl Look {
    fn opens_a_service(self) -> bool {
        !matches!(self, Self::Subject(_) | Self::Config(_))
    }
}

/// A check.
#[derive(Clone, Copy)]
pub struct Check {
    /// Stable id, such as `security.W004`; what `SILENCED_SYSTEM_CHECKS` names.
    pub id: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What it is about.
    pub tags: &'static [Tag],
    /// Whether it is asked with `--deploy` only: it would only disturb a developer.
    pub is_deploy: bool,
    /// Where it looks.
    pub look: Look,
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Check").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Check {
    /// A check that is always asked (if it opens no service).
    #[must_use]
    pub const fn new(id: &'static str, level: Level, tags: &'static [Tag], look: Look) -> Self {
        Self { id, level, tags, is_deploy: false, look }
    }

    /// The same with `--deploy` only.
    #[must_use]
    pub const fn deploy(mut self) -> Self {
        self.is_deploy = true;
        self
    }

    fn ask(&self, subject: &Subject<'_>) -> Result<Vec<Found>> {
        Ok(match self.look {
            Look::Subject(look) | Look::Service(look) => look(subject),
            Look::Config(look) => {
                subject.config().map_or_else(Vec::new, |config| look(config, subject))
            }
            Look::Database(look) => {
                let facts = subject.config().zip(subject.database());
                facts.map_or_else(Vec::new, |(config, facts)| look(facts, config))
            }
            Look::Redis(look) => {
                let facts = subject.config().zip(subject.redis());
                facts.map_or_else(Vec::new, |(config, facts)| look(facts, config))
            }
            Look::Rows(look) => subject.with_rows(|conn| look(conn, subject))?,
        })
    }
}

/// A finding: what was found, with its check's id and level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id.
    pub id: String,
    /// How bad.
    pub level: Level,
    /// What is so.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
    /// What it is about.
    pub object: Option<String>,
}

/// Which checks are asked.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Only these tags; all if empty.
    pub tags: BTreeSet<Tag>,
    /// Only these modules' own checks; all if empty.
    pub modules: BTreeSet<String>,
    /// Also what matters in production only, the database and Redis.
    pub deploy: bool,
    /// Also the database.
    pub database: bool,
}

impl Choice {
    fn takes(&self, module: &str, check: &Check) -> bool {
        (self.deploy || !check.is_deploy)
            && (self.deploy || self.database || !check.look.opens_a_service())
            && (self.tags.is_empty() || check.tags.iter().any(|tag| self.tags.contains(tag)))
            && (self.modules.is_empty() || self.modules.contains(module))
    }
}

/// The name under which the engine room's own checks are chosen.
pub const OWN: &str = "platform";

/// Every check with the module it belongs to: the engine room's own, then the modules'.
#[must_use]
pub fn all(program: &Program) -> Vec<(&'static str, &'static Check)> {
    let own = [
        settings::CHECKS,
        spelling::CHECKS,
        deployment::CHECKS,
        secrets::CHECKS,
        web::CHECKS,
        operation::CHECKS,
        files::CHECKS,
        program::CHECKS,
        database::CHECKS,
        redis::CHECKS,
    ];
    let own = own.into_iter().flatten().map(|check| (OWN, check));
    let modules = program.modules.iter();
    own.chain(modules.flat_map(|module| module.checks.iter().map(|check| (module.name, check))))
        .collect()
}

/// Asks the chosen checks.
pub fn run(subject: &Subject<'_>, choice: &Choice) -> Result<Report> {
    let mut findings = Vec::new();
    for (module, check) in all(subject.program()) {
        if !choice.takes(module, check) {
            continue;
        }
        let found = check.ask(subject).map_err(|error| match error {
            Error::Db(error) => Error::Failed(format!("{}: {error}", check.id)),
            other => other,
        })?;
        findings.extend(found.into_iter().map(|found| Finding {
            id: found.id.unwrap_or_else(|| check.id.to_owned()),
            level: check.level,
            message: found.message,
            hint: found.hint,
            object: found.object,
        }));
    }
    Ok(Report::new(findings, &subject.silenced()))
}
