//! Running a shell: from the prompt, from a text, or from what is piped in.

use super::engine::{Complaint, Interpreter, Next};
use super::session::{Session, Writing};
use super::{prompt, tokens};
use crate::app::App;
use crate::error::{Error, Result};

/// Where the statements come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A person at a terminal.
    Prompt,
    /// A text, whole.
    Text(String),
}

/// How the shell is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the statements come from.
    pub source: Source,
    /// Whether it may write.
    pub write: bool,
    /// Whether every change is agreed to beforehand.
    pub yes: bool,
}

/// Characters of one script.
const LONGEST_SCRIPT: usize = 1 << 20;
/// Room for deep expressions: their depth is limited, but each level is large in a debug build.
const STACK: usize = 256 << 20;

/// Runs a shell until its statements end or one of a script fails.
pub fn start(app: App, options: Options) -> Result<()> {
    let writing = match (options.write, options.yes) {
        (false, _) => Writing::No,
        (true, false) => Writing::Asked,
        (true, true) => Writing::Agreed,
    };
    let work = move || {
        let mut interpreter = Interpreter::new(Session::new(app, writing)?);
        match options.source {
            Source::Prompt => prompt::run(&mut interpreter),
            Source::Text(text) => script(&mut interpreter, &text),
        }
    };
    let thread = std::thread::Builder::new().name("shell".to_owned()).stack_size(STACK).spawn(work);
    let thread = thread.map_err(|error| Error::failed("no thread for the shell", error))?;
    thread.join().unwrap_or_else(|_| Err(Error::Failed("the shell broke off".to_owned())))
}

/// Runs a script; the first error ends it, with the number of its line.
fn script(interpreter: &mut Interpreter, text: &str) -> Result<()> {
    if text.len() > LONGEST_SCRIPT {
        return Err(Error::Failed(format!("a script has at most {LONGEST_SCRIPT} bytes")));
    }
    let failed = |line: usize, text: &str| Error::Failed(format!("line {line}: {text}"));
    let mut lines = text.lines().enumerate().peekable();
    while let Some((start, line)) = lines.next() {
        let mut statement = line.to_owned();
        loop {
            let open = tokens::cut(&statement).map(|tokens| tokens::open_brackets(&tokens));
            let open = open
                .map_err(|reason| failed(start + 1 + statement.matches('\n').count(), &reason))?;
            let goes_on = open > 0 || lines.peek().is_some_and(|(_, next)| continues(next));
            match lines.next_if(|_| goes_on) {
                Some((_, next)) => {
                    statement.push('\n');
                    statement.push_str(next);
                }
                None if open > 0 => {
                    return Err(failed(
                        start + 1,
                        "this statement is never finished: a bracket is not closed",
                    ));
                }
                None => break,
            }
        }
        match interpreter.run(&statement) {
            Ok(Next::Value(_)) => {}
            Ok(Next::Leave) => return Ok(()),
            Err(Complaint { text, line }) => return Err(failed(start + line, &text)),
        }
    }
    Ok(())
}

/// Whether a line belongs to the statement before it.
fn continues(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('.') || line.starts_with("else") || line.starts_with("catch")
}
