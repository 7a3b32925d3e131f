//! The program proves itself where it runs: this machine, this database, this Redis, on a throw-away database. What is
//! proved is the program's business; here is how.

mod runner;
mod site;
mod throwaway;

pub use runner::{How, run};
pub use site::{Ask, Reply, Site};

use crate::error::Error;

/// Something that must hold, as a sentence, and how it is seen.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// Module it is about.
    pub module: &'static str,
    /// What must hold, written together as a test's name.
    pub name: &'static str,
    /// Sees whether it does. Scenarios share a database: each makes what it needs.
    pub run: fn(&Site) -> Outcome,
}

impl Scenario {
    /// A scenario.
    #[must_use]
    pub const fn new(module: &'static str, name: &'static str, run: fn(&Site) -> Outcome) -> Self {
        Self { module, name, run }
    }
}

/// Why something does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

/// Whether it holds.
pub type Outcome<T = ()> = Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Db(cause) => Self(format!("database: {cause}")),
            other => Self(other.to_string()),
        }
    }
}

/// Insists that something holds.
pub fn holds(is_so: bool, what: impl Into<String>) -> Outcome {
    if is_so { Ok(()) } else { Err(Failure(what.into())) }
}

/// Insists that two values are equal.
pub fn equal<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Outcome {
    holds(found == expected, format!("{what}: found {found:?}, expected {expected:?}"))
}
