//! Commands about people and data, as an operator types them: with a terminal, and without one.

mod data;
mod database;
mod dialogue;
mod people;
mod proof;
mod statics;
mod words;

use std::path::Path;
use std::process::Output;

use crate::support::{output, text};

/// Runs a command that must succeed; what it printed.
#[track_caller]
fn fine(folder: &Path, arguments: &[&str]) -> String {
    let output = output(folder, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// What a command that must be refused said.
#[track_caller]
fn refusal(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    let told = text(&output.stderr);
    assert!(!told.is_empty());
    told
}
