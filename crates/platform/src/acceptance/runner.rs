//! Runs scenarios one after the other and tells in Django's form how it went.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use super::throwaway::Throwaway;
use super::{Failure, Scenario, Site};
use crate::app::Program;
use crate::config::Config;
use crate::error::Result;
use crate::fixtures;
use crate::manage::commands::migrate_all;
use crate::manage::output;

/// How to run.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// 0 says least, 3 most.
    pub verbosity: u8,
    /// Whether the database stays, to be looked at and used again.
    pub keeps_database: bool,
    /// Whether the first failure ends it.
    pub stops_early: bool,
}

const LINE: &str = "----------------------------------------------------------------------";
const DOUBLE: &str = "======================================================================";

/// Runs scenarios on a throw-away database of the configured engine. Whether all held.
pub fn run(program: Program, mut config: Config, scenarios: &[Scenario], how: How) -> Result<bool> {
    let say = |least: u8, text: String| {
        if how.verbosity >= least {
            output::line(text);
        }
    };
    say(1, format!("Found {} test(s).", scenarios.len()));
    let database = Throwaway::create(&config, how.keeps_database)?;
    say(1, format!("Creating test database ({})...", database.described()));
    config.database.location = database.location();
    let site = Site::open(program, config)?;
    let applied = migrate_all(site.app(), &mut |_, _| {})?;
    say(2, format!("Applied {applied} migrations."));
    if how.keeps_database {
        // What an earlier run left must not decide this one.
        fixtures::flush(site.app(), true)?;
    }
    let started = Instant::now();
    let (ran, failures) = run_all(&site, scenarios, how);
    let seconds = started.elapsed().as_secs_f64();
    for (scenario, failure) in &failures {
        output::line(format!("{DOUBLE}\nFAIL: {} ({})\n{LINE}", scenario.name, scenario.module));
        output::line(format!("{}\n", failure.0));
    }
    let plural = if ran == 1 { "" } else { "s" };
    output::line(format!("{LINE}\nRan {ran} test{plural} in {seconds:.3}s\n"));
    if failures.is_empty() {
        output::line("OK");
    } else {
        output::line(format!("FAILED (failures={})", failures.len()));
    }
    drop(site);
    let what = if how.keeps_database { "Preserving" } else { "Destroying" };
    say(1, format!("{what} test database ({})...", database.described()));
    Ok(failures.is_empty())
}

fn run_all<'s>(
    site: &Site,
    scenarios: &'s [Scenario],
    how: How,
) -> (usize, Vec<(&'s Scenario, Failure)>) {
    let mut failures = Vec::new();
    let mut ran = 0;
    for scenario in scenarios {
        if how.verbosity >= 2 {
            output::part(format!("{} ({}) ... ", scenario.name, scenario.module));
        }
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| (scenario.run)(site)))
            .unwrap_or_else(|_| Err(Failure("it panicked".to_owned())));
        ran += 1;
        let taken = if how.verbosity >= 3 {
            format!(" ({:.3}s)", started.elapsed().as_secs_f64())
        } else {
            String::new()
        };
        match (how.verbosity, &outcome) {
            (0, _) => {}
            (1, Ok(())) => output::part("."),
            (1, Err(_)) => output::part("F"),
            (_, Ok(())) => output::line(format!("ok{taken}")),
            (_, Err(_)) => output::line(format!("FAIL{taken}")),
        }
        if let Err(failure) = outcome {
            failures.push((scenario, failure));
            if how.stops_early {
                break;
            }
        }
    }
    if how.verbosity == 1 {
        output::line("");
    }
    (ran, failures)
}
