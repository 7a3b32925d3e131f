//! The one error of this crate: a sentence for the person at the terminal.

use std::fmt;

/// Why a command could not go on, told so that the reader knows what to do next.
///
/// Nobody decides anything by its kind, so it is text and not an enum.
#[derive(Debug)]
pub struct Error(String);

/// The result of everything here that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error that says `message`.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// For `map_err`: puts what was being done before the cause, as in "cannot start redis-server: …".
    pub fn during<E: fmt::Display>(action: impl fmt::Display) -> impl FnOnce(E) -> Self {
        move |cause| Self(format!("{action}: {cause}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
