//! Where commands print: data to stdout, refusals to stderr.

use std::fmt::Display;
use std::io::{IsTerminal, Write};

/// Prints a line of data.
pub fn line(text: impl Display) {
    // A reader that closed the pipe early is no error of ours.
    let _pipe_may_be_closed = writeln!(std::io::stdout(), "{text}");
}

/// Prints without ending the line, at once.
pub fn part(text: impl Display) {
    let mut out = std::io::stdout();
    let _pipe_may_be_closed = write!(out, "{text}").and_then(|()| out.flush());
}

/// Where a command writes much data.
#[must_use]
pub fn writer() -> impl Write {
    std::io::BufWriter::new(std::io::stdout())
}

/// Prints a refusal.
pub fn refuse(text: impl Display) {
    let _pipe_may_be_closed = writeln!(std::io::stderr(), "{text}");
}

/// Whether a person looks on: only then are there colours.
#[must_use]
pub fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}
