//! How many tests ran, read from what they print.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use xtask::{Error, Result};

/// Tests of one run, over all its test binaries.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl Counts {
    /// Adds another run's tests.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Adds what a line like `test result: ok. 12 passed; 0 failed; 0 ignored; …` says; other lines
    /// say nothing.
    fn read(&mut self, line: &str) {
        let Some(rest) = line.strip_prefix("test result: ") else { return };
        let Some((_, numbers)) = rest.split_once(". ") else { return };
        for part in numbers.split("; ") {
            match part.split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => self.failed += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
}

/// Runs `command`, shows what it prints as it comes, and counts its tests; false if it failed.
pub fn run(command: &mut Command) -> Result<(bool, Counts)> {
    let cannot = || Error::during("cannot run cargo test");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(cannot())?;
    let mut counts = Counts::default();
    if let Some(output) = child.stdout.take() {
        copy(BufReader::new(output), io::stdout(), &mut counts).map_err(cannot())?;
    }
    let status = child.wait().map_err(cannot())?;
    Ok((status.success(), counts))
}

fn copy(mut from: impl BufRead, mut to: impl Write, counts: &mut Counts) -> io::Result<()> {
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        to.flush()?;
        counts.read(String::from_utf8_lossy(&line).trim_end());
        line.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_binary_of_a_run_counts() -> io::Result<()> {
        let output = b"running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            \xff not text\n\
            test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        let mut shown = Vec::new();
        let mut counts = Counts::default();
        copy(output.as_slice(), &mut shown, &mut counts)?;
        assert_eq!(counts, Counts { passed: 7, failed: 2 });
        assert_eq!(shown, output);
        Ok(())
    }

    #[test]
    fn other_lines_say_nothing() {
        let mut counts = Counts::default();
        for line in ["", "9 passed; 9 failed", "test result: ", "test result: ok. many passed"] {
            counts.read(line);
        }
        assert_eq!(counts, Counts::default());
    }
}
