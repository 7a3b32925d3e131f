//! The doctor: this machine and this installation, thing by thing, each well or not, with its remedy.
//!
//! [`examine`] looks and changes nothing. A finding that is safe to mend carries its [`Fix`]; [`mend`] does them.

mod folders;
mod machine;
mod services;
mod settings;
mod toolchain;

use std::io;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use crate::checks::Subject;
use crate::error::Result;
use crate::machine::modes;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Well.
    Ok,
    /// Works, but should not stay so.
    Warning,
    /// Does not work.
    Error,
}

impl State {
    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    fn colour(self) -> &'static str {
        match self {
            Self::Ok => "\u{1b}[32m",
            Self::Warning => "\u{1b}[33m",
            Self::Error => "\u{1b}[31m",
        }
    }
}

/// What is safe to do about something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Make a folder that its owner and group may enter.
    Folder(PathBuf),
    /// Set permission bits.
    Mode(PathBuf, u32),
}

/// One thing looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it belongs to.
    pub area: &'static str,
    /// What it is.
    pub name: String,
    /// How it is.
    pub state: State,
    /// What was seen.
    pub detail: String,
    /// What to do about it; empty if nothing.
    pub remedy: String,
    /// What is safe to do about it.
    pub fix: Option<Fix>,
}

impl Row {
    fn ok(area: &'static str, name: impl Into<String>, detail: impl Into<String>) -> Self {
        let (name, detail) = (name.into(), detail.into());
        Self { area, name, state: State::Ok, detail, remedy: String::new(), fix: None }
    }

    fn bad(self, state: State, remedy: impl Into<String>) -> Self {
        Self { state, remedy: remedy.into(), ..self }
    }

    fn fix(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }
}

/// Looks at everything.
pub fn examine(subject: &Subject<'_>) -> Result<Vec<Row>> {
    let mut rows = toolchain::rows(subject.folder());
    rows.extend(machine::rows(subject));
    rows.extend(services::rows(subject));
    rows.extend(settings::rows(subject)?);
    rows.extend(folders::rows(subject));
    Ok(rows)
}

/// Does what is safe, and tells each in a sentence.
#[must_use]
pub fn mend(rows: &[Row]) -> Vec<String> {
    let fixes = rows.iter().filter_map(|row| row.fix.as_ref());
    fixes
        .map(|fix| {
            let (did, done) = match fix {
                Fix::Folder(path) => (format!("made {}", path.display()), make_folder(path)),
                Fix::Mode(path, mode) => {
                    (format!("chmod {mode:o} {}", path.display()), modes::set_mode(path, *mode))
                }
            };
            match done {
                Ok(()) => did,
                Err(error) => format!("could not: {did} ({error})"),
            }
        })
        .collect()
}

fn make_folder(path: &PathBuf) -> io::Result<()> {
    std::fs::create_dir_all(path)?;
    modes::set_mode(path, folders::FOLDER)
}

/// How many are that bad.
#[must_use]
pub fn count(rows: &[Row], state: State) -> usize {
    rows.iter().filter(|row| row.state == state).count()
}

/// For people, in columns.
#[must_use]
pub fn text(rows: &[Row], is_coloured: bool) -> String {
    let width = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    let mut area = "";
    for row in rows {
        if row.area != area {
            area = row.area;
            text.push_str(&format!("{}{area}\n", if text.is_empty() { "" } else { "\n" }));
        }
        let state = format!("{:<8}", row.state.name());
        let state =
            if is_coloured { format!("{}{state}\u{1b}[0m", row.state.colour()) } else { state };
        text.push_str(format!("  {state} {:<width$}  {}", row.name, row.detail).trim_end());
        text.push('\n');
        if !row.remedy.is_empty() {
            text.push_str(&format!("  {:8} {:width$}  -> {}\n", "", "", row.remedy));
        }
    }
    text.push_str(&format!(
        "\n{} well, {} warning(s), {} error(s)",
        count(rows, State::Ok),
        count(rows, State::Warning),
        count(rows, State::Error)
    ));
    text
}

/// For programs.
#[must_use]
pub fn json(rows: &[Row], mended: &[String]) -> Json {
    let list: Vec<Json> = rows
        .iter()
        .map(|row| {
            json!({
                "area": row.area,
                "name": row.name,
                "state": row.state.name(),
                "detail": row.detail,
                "remedy": row.remedy,
                "fixable": row.fix.is_some(),
            })
        })
        .collect();
    json!({
        "ok": count(rows, State::Error) == 0,
        "warnings": count(rows, State::Warning),
        "errors": count(rows, State::Error),
        "fixed": mended,
        "rows": list,
    })
}

#[cfg(test)]
mod tests;
