//! The built-in proof itself: it holds on the engine of this run, and it says so when something does not.

use std::sync::atomic::{AtomicBool, Ordering};

use platform::acceptance::{How, Outcome, Scenario, Site, equal, run};
use testkit::TestApp;

use super::builders::app;
use crate::{MODULES, PROGRAM, acceptance};

const HOW: How = How { verbosity: 0, keeps_database: false, stops_early: false };

fn prove(app: &TestApp, scenarios: &[Scenario], how: How) -> bool {
    run(PROGRAM, app.app().config().clone(), scenarios, how).unwrap()
}

fn users(site: &Site) -> Outcome<i64> {
    let sql = "SELECT COUNT(*) FROM users";
    Ok(site.app().db().read_blocking(move |conn| Ok(conn.one::<i64>(sql, &[])?))?)
}

#[test]
fn everything_holds_on_a_database_beside_the_configured_one() {
    let app = app();
    assert!(prove(&app, &acceptance::scenarios(), HOW));
    assert_eq!(app.number("SELECT COUNT(*) FROM users"), 0, "the configured one was not touched");
}

#[test]
fn what_does_not_hold_or_panics_fails_the_run_and_failfast_ends_it() {
    fn holds(_: &Site) -> Outcome {
        Ok(())
    }
    fn fails(site: &Site) -> Outcome {
        equal("users", users(site)?, 5)
    }
    fn panics(_: &Site) -> Outcome {
        panic!("as a mistake of the program would")
    }
    static WAS_REACHED: AtomicBool = AtomicBool::new(false);
    fn after(_: &Site) -> Outcome {
        WAS_REACHED.store(true, Ordering::Relaxed);
        Ok(())
    }
    fn nobody(site: &Site) -> Outcome {
        equal("users", users(site)?, 0)
    }
    let app = app();
    let of = |run: fn(&Site) -> Outcome| Scenario::new("patients", "a_scenario", run);
    assert!(prove(&app, &[of(holds)], HOW));
    for broken in [fails, panics] {
        assert!(!prove(&app, &[of(holds), of(broken)], HOW));
    }
    let early = How { stops_early: true, ..HOW };
    assert!(!prove(&app, &[of(fails), of(after)], early));
    assert!(!WAS_REACHED.load(Ordering::Relaxed));
    assert!(!prove(&app, &[of(fails), of(after)], HOW));
    assert!(WAS_REACHED.load(Ordering::Relaxed));
    assert!(prove(&app, &[of(nobody)], HOW), "each run has a database of its own");
}

#[test]
fn every_scenario_belongs_to_a_module_and_has_a_name_of_its_own() {
    let mut names: Vec<&str> = Vec::new();
    for scenario in acceptance::scenarios() {
        assert!(MODULES.iter().any(|module| module.name == scenario.module), "{}", scenario.name);
        names.push(scenario.name);
    }
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}
