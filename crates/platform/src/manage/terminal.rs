//! Questions to the operator. A line may come from a pipe; a password only from a terminal, where it is not shown.

use std::io::{BufRead, IsTerminal};

use super::output;
use crate::error::{Error, Result};

/// Whether somebody sits there to be asked.
#[must_use]
pub fn is_interactive() -> bool {
    std::io::stdin().is_terminal()
}

/// Asks for a line; its ends are trimmed.
pub fn ask(question: &str) -> Result<String> {
    output::part(question);
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line).map_err(unread)?;
    if read == 0 {
        output::line("");
        return Err(ended());
    }
    Ok(line.trim().to_owned())
}

/// Whether the answer is yes; anything else is no.
pub fn is_yes(question: &str) -> Result<bool> {
    Ok(matches!(ask(question)?.to_lowercase().as_str(), "y" | "yes" | "s" | "si" | "sí"))
}

/// Whether the whole word `yes` is typed, for what cannot be undone.
pub fn is_word_yes(question: &str) -> Result<bool> {
    Ok(ask(question)? == "yes")
}

/// Asks for a password without showing it. Nothing is trimmed.
pub fn ask_hidden(question: &str) -> Result<String> {
    if !is_interactive() {
        return Err(Error::Failed("a password is only asked for on a terminal".into()));
    }
    #[cfg(unix)]
    return hidden::ask(question);
    #[cfg(not(unix))]
    {
        output::part(question);
        console::Term::stdout().read_secure_line().map_err(unread)
    }
}

fn unread(error: impl std::fmt::Display) -> Error {
    Error::failed("the answer cannot be read", error)
}

#[cfg(unix)]
mod hidden {
    use std::io::BufRead;

    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    use crate::error::Result;
    use crate::manage::output;

    /// The terminal as it was; put back when this goes.
    struct Quiet(Termios);

    impl Quiet {
        fn begin() -> Result<Self> {
            let before = tcgetattr(std::io::stdin()).map_err(super::unread)?;
            let mut quiet = before.clone();
            quiet.local_modes.remove(LocalModes::ECHO);
            tcsetattr(std::io::stdin(), OptionalActions::Now, &quiet).map_err(super::unread)?;
            Ok(Self(before))
        }
    }

    impl Drop for Quiet {
        fn drop(&mut self) {
            let _terminal_may_be_gone = tcsetattr(std::io::stdin(), OptionalActions::Now, &self.0);
        }
    }

    /// Asks when nothing is echoed any more, so that not even a fast typist sees a letter.
    pub(super) fn ask(question: &str) -> Result<String> {
        let quiet = Quiet::begin()?;
        output::part(question);
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line).map_err(super::unread);
        drop(quiet);
        output::line("");
        match read? {
            0 => Err(super::ended()),
            _ => Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
        }
    }
}

fn ended() -> Error {
    Error::Failed("Operation cancelled: the input ended before an answer came.".into())
}
