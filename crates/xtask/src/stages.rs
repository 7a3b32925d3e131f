//! What each stage does.

use std::process::Command;

use xtask::servers::{Durability, MariaDb, Redis};
use xtask::{Error, Result, provision};

use crate::cargo::{self, cargo};
use crate::counts::{self, Counts};
use crate::plan::Stage;
use crate::tools::{self, DENY, MACHETE};

const DATABASE: &str = "TEST_DATABASE_URL";
const REDIS: &str = "TEST_REDIS_URL";

/// Runs one stage; the tests it ran, if it is one of tests.
pub fn run(stage: Stage, filter: Option<&str>) -> Result<Option<Counts>> {
    match stage {
        Stage::Programs => provision::ensure(&provision::SERVERS)?,
        Stage::Formatting => cargo::run(cargo().args(["fmt", "--all", "--check"]))?,
        Stage::Format => cargo::run(cargo().args(["fmt", "--all"]))?,
        Stage::Lints => cargo::run(&mut lints())?,
        Stage::Documentation => cargo::run(&mut documentation())?,
        Stage::Dependencies => dependencies()?,
        Stage::Unused => {
            let mut machete = tools::command(MACHETE)?;
            cargo::run(machete.arg("--skip-target-dir"))?;
        }
        Stage::TestsEmbedded => {
            let mut command = tests(filter);
            return run_tests(command.env_remove(DATABASE).env_remove(REDIS), filter).map(Some);
        }
        Stage::TestsOnServers => return tests_on_servers(filter).map(Some),
    }
    Ok(None)
}

fn lints() -> Command {
    let mut command = cargo();
    command.args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    command
}

fn documentation() -> Command {
    let mut command = cargo();
    command.args(["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"]);
    command.env("RUSTDOCFLAGS", "-Dwarnings");
    command
}

/// Vulnerabilities are judged where their database can be had; on a train there is no network, and work
/// goes on there.
fn dependencies() -> Result<()> {
    deny(&["check", "--hide-inclusion-graph", "bans", "licenses", "sources"])?;
    let mut fetch = tools::command(DENY)?;
    fetch.args(["--locked", "fetch", "db"]).env("GIT_TERMINAL_PROMPT", "0");
    if !fetch.output().is_ok_and(|output| output.status.success()) {
        println!("advisories not checked: their database cannot be fetched here");
        return Ok(());
    }
    deny(&["check", "--hide-inclusion-graph", "advisories"])
}

fn deny(arguments: &[&str]) -> Result<()> {
    let mut command = tools::command(DENY)?;
    cargo::run(command.arg("--locked").args(arguments))
}

/// Always the whole workspace: with another choice of packages Cargo would join their dependencies'
/// features differently, and build most of them a second time.
fn tests(filter: Option<&str>) -> Command {
    let mut command = cargo();
    command.args(["test", "--workspace", "--locked"]);
    // After the dashes, or a name that begins like an option would be taken for one.
    command.args(filter.map(|name| ["--", name]).into_iter().flatten());
    command
}

fn tests_on_servers(filter: Option<&str>) -> Result<Counts> {
    let mariadb = MariaDb::start(Durability::Relaxed)?;
    let redis = Redis::start()?;
    println!("started {} and {}", mariadb.url(), redis.url());
    let mut command = tests(filter);
    run_tests(command.env(DATABASE, mariadb.url()).env(REDIS, redis.url()), filter)
}

fn run_tests(command: &mut Command, filter: Option<&str>) -> Result<Counts> {
    let name = cargo::describe(command);
    let (success, counts) = counts::run(command)?;
    match filter {
        _ if !success => {
            Err(Error::new(format!("`{name}` failed, with {} failed tests", counts.failed)))
        }
        Some(filter) if counts.passed == 0 => {
            Err(Error::new(format!("no test has a name that contains {filter:?}")))
        }
        _ => Ok(counts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_tests_run_without_a_filter() {
        assert_eq!(cargo::describe(&super::tests(None)), "cargo test --workspace --locked");
    }

    #[test]
    fn a_filter_is_the_test_binaries_business() {
        assert_eq!(
            cargo::describe(&super::tests(Some("book"))),
            "cargo test --workspace --locked -- book"
        );
    }

    #[test]
    fn warnings_are_errors() {
        assert!(cargo::describe(&lints()).ends_with("--all-targets --locked -- -D warnings"));
        assert!(documentation().get_envs().any(|(name, value)| {
            name == "RUSTDOCFLAGS" && value.is_some_and(|value| value == "-Dwarnings")
        }));
    }
}
