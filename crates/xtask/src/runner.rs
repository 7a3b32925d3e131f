//! Runs stages one after the other and tells how it went.

use std::time::{Duration, Instant};

use xtask::{Error, Result};

use crate::counts::Counts;
use crate::plan::Stage;
use crate::stages;

/// A stage that has ended.
struct Done {
    stage: Stage,
    took: Duration,
    tests: Option<Counts>,
    passed: bool,
}

/// Runs `stages` until one fails, then prints a summary; an error says which one failed and why.
pub fn run(stages: &[Stage], filter: Option<&str>) -> Result<()> {
    let mut done = Vec::new();
    let mut failure = None;
    for (number, &stage) in (1..).zip(stages) {
        println!("\n== {number}/{} {}", stages.len(), stage.title());
        let started = Instant::now();
        let result = stages::run(stage, filter);
        let took = started.elapsed();
        let passed = result.is_ok();
        println!("== {} {} in {}", stage.title(), word(passed), seconds(took));
        match result {
            Ok(tests) => done.push(Done { stage, took, tests, passed }),
            Err(error) => {
                done.push(Done { stage, took, tests: None, passed });
                failure = Some(Error::new(format!("{}: {error}", stage.title())));
                break;
            }
        }
    }
    println!("\n{}", summary(stages, &done));
    failure.map_or(Ok(()), Err)
}

/// One line for each stage, also for those that a failure left out, and the number of tests that
/// passed in all if every stage did.
fn summary(stages: &[Stage], done: &[Done]) -> String {
    let mut lines = vec!["== summary".to_owned()];
    let mut all = Counts::default();
    for done in done {
        let tests = done.tests.map(|tests| format!("{} tests", tests.passed)).unwrap_or_default();
        let line = format!(
            "{:<7} {:<27} {:>9}  {tests}",
            word(done.passed),
            done.stage.title(),
            seconds(done.took)
        );
        lines.push(line.trim_end().to_owned());
        all.add(done.tests.unwrap_or_default());
    }
    for stage in stages.iter().skip(done.len()) {
        lines.push(format!("{:<7} {}", "not run", stage.title()));
    }
    let total = done.iter().map(|done| done.took).sum();
    lines.push(format!("{:<7} {:<27} {:>9}", "", "together", seconds(total)));
    if all.passed > 0 && done.iter().all(|done| done.passed) {
        lines.push(format!("{} passed, {} failed", all.passed, all.failed));
    }
    lines.join("\n")
}

fn word(passed: bool) -> &'static str {
    if passed { "passed" } else { "FAILED" }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(stage: Stage, passed: bool, tests: Option<u64>) -> Done {
        let tests = tests.map(|passed| Counts { passed, failed: 0 });
        Done { stage, took: Duration::from_millis(1_500), tests, passed }
    }

    #[test]
    fn the_tests_of_both_runs_are_added_up() {
        let (first, second) = (Stage::TestsEmbedded, Stage::TestsOnServers);
        let ended = [done(first, true, Some(20)), done(second, true, Some(15))];
        let summary = summary(&[first, second], &ended);
        assert!(summary.ends_with("\n35 passed, 0 failed"), "{summary}");
        assert!(summary.contains("3.0 s"), "{summary}");
    }

    #[test]
    fn what_a_failure_left_out_is_named() {
        let stages = [Stage::Formatting, Stage::Lints, Stage::TestsEmbedded];
        let ended = [done(Stage::Formatting, true, None), done(Stage::Lints, false, None)];
        let summary = summary(&stages, &ended);
        assert!(summary.contains("FAILED  lints"), "{summary}");
        assert!(summary.contains("not run tests on SQLite"), "{summary}");
        assert!(!summary.contains("passed,"), "{summary}");
    }
}
