//! The prompt: line editing, history, completion.

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{Config, Context, Editor, Helper, Highlighter, Hinter, Validator};

use super::engine::{Interpreter, Next};
use super::session::Writing;
use super::{convert, help, show, tokens};
use crate::error::{Error, Result};
use crate::manage::output;

/// Lines of history that are kept.
const KEPT_LINES: usize = 1_000;

/// Reads, runs and shows until the person leaves.
pub(super) fn run(interpreter: &mut Interpreter) -> Result<()> {
    let failed = |error: ReadlineError| Error::failed("the prompt", error);
    let config = Config::builder()
        .max_history_size(KEPT_LINES)
        .map_err(failed)?
        .history_ignore_space(true)
        .build();
    let mut editor: Editor<Names, DefaultHistory> = Editor::with_config(config).map_err(failed)?;
    editor.set_helper(Some(Names::of(interpreter)));
    let history = interpreter.session.app.config().database.data_dir.join("shell_history");
    // No history yet, or none that can be read: the prompt works without.
    let _none_yet = editor.load_history(&history);
    greet(interpreter);
    let mut statement = String::new();
    loop {
        let sign = if statement.is_empty() { ">>> " } else { "... " };
        match editor.readline(sign) {
            Ok(line) => {
                statement.push_str(&line);
                statement.push('\n');
                if is_unfinished(&statement) && !line.trim().is_empty() {
                    continue;
                }
                let whole = std::mem::take(&mut statement);
                let _not_kept = editor.add_history_entry(whole.trim());
                let _not_kept = editor.append_history(&history);
                if !answer(interpreter, &whole) {
                    return Ok(());
                }
            }
            Err(ReadlineError::Interrupted) => statement.clear(),
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(failed(error)),
        }
    }
}

fn greet(interpreter: &Interpreter) {
    let session = &interpreter.session;
    let program = session.app.program();
    output::line(format!(
        "{} {} shell, {}",
        program.name,
        program.version,
        session.app.config().database.described()
    ));
    output::line(match session.writing {
        Writing::No => {
            "It only reads; --write makes one that writes. help() explains, exit() leaves."
        }
        Writing::Asked => {
            "IT WRITES, past the rules of the program's forms: each change is confirmed, checked against the table and kept in the history."
        }
        Writing::Agreed => "IT WRITES WITHOUT ASKING, past the rules of the program's forms.",
    });
}

/// Runs a statement and shows its value; `false` to leave.
fn answer(interpreter: &mut Interpreter, statement: &str) -> bool {
    match interpreter.run(statement) {
        Ok(Next::Leave) => return false,
        Ok(Next::Value(value)) if value.is_unit() => {}
        Ok(Next::Value(value)) => match show::repr(&value) {
            Ok(text) => output::line(text),
            Err(error) => output::refuse(super::engine::explain(*error).text),
        },
        Err(complaint) => output::refuse(complaint.text),
    }
    true
}

fn is_unfinished(statement: &str) -> bool {
    tokens::cut(statement).is_ok_and(|tokens| tokens::open_brackets(&tokens) > 0)
}

/// What can be completed.
#[derive(Helper, Hinter, Highlighter, Validator)]
struct Names {
    words: Vec<String>,
    fields: Vec<(&'static str, Vec<&'static str>)>,
}

impl Names {
    fn of(interpreter: &Interpreter) -> Self {
        let session = &interpreter.session;
        let models = session.model_names().into_iter().map(str::to_owned);
        let words = models.chain(help::WORDS.iter().map(|word| (*word).to_owned())).collect();
        let fields = session
            .models()
            .map(|table| {
                let names = convert::shown_columns(table).map(|column| column.name).collect();
                (table.model, names)
            })
            .collect();
        Self { words, fields }
    }

    /// What may follow: methods after a dot, fields where a model is named before, words elsewhere.
    fn after(&self, before: &str, begun: &str) -> Vec<&str> {
        if before.ends_with('.') {
            return help::METHODS.to_vec();
        }
        let inside = before.rfind('(').is_some_and(|open| open >= before.rfind(')').unwrap_or(0));
        let fields = self
            .fields
            .iter()
            .filter(|(model, _)| inside && before.contains(&format!("{model}.")))
            .flat_map(|(_, names)| names.iter().copied());
        let words = self.words.iter().map(String::as_str).filter(|_| !begun.is_empty());
        fields.chain(words).collect()
    }
}

impl Completer for Names {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _context: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = line.get(..position).unwrap_or_default();
        let start = before.rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |at| {
            at + before.get(at..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8)
        });
        let (before, begun) = before.split_at(start);
        let mut pairs: Vec<Pair> = self
            .after(before, begun)
            .into_iter()
            .filter(|name| name.starts_with(begun))
            .map(|name| Pair { display: name.to_owned(), replacement: name.to_owned() })
            .collect();
        pairs.dedup_by(|a, b| a.replacement == b.replacement);
        Ok((start, pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(line: &str) -> Vec<String> {
        let names = Names {
            words: vec!["Session".to_owned(), "print(".to_owned()],
            fields: vec![("Session", vec!["id", "user_id"]), ("Version", vec!["name"])],
        };
        let history = DefaultHistory::new();
        let found = names.complete(line, line.len(), &Context::new(&history)).unwrap();
        found.1.into_iter().map(|pair| pair.replacement).collect()
    }

    #[test]
    fn what_is_offered_fits_the_place() {
        assert_eq!(offered("Se"), ["Session"]);
        assert_eq!(offered("Session.fi"), ["filter(", "first()"]);
        assert_eq!(offered("Session.filter(us"), ["user_id"]);
        assert_eq!(offered("Session.filter(id=1).or"), ["order_by("]);
        assert!(offered("Session.filter(na").is_empty(), "another model's field");
        assert!(offered("").is_empty());
        assert_eq!(offered("ñ = Session.exi"), ["exists()"]);
    }
}
