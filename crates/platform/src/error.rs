//! What can go wrong, told in two kinds: a refusal the client can understand and mend, and a failure of
//! ours that it cannot.
//!
//! Queries return [`DbError`]; rules and services return [`Refusal`]s inside [`Error`]. No status code is
//! named here: only `http::errors` knows them.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use crate::db::DbError;
use crate::i18n::Text;

/// The result of everything that can refuse or fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request asks for something that may not or cannot be.
    #[error("refused: {}", .0.code)]
    Refused(Box<Refusal>),
    /// The database did not do its part.
    #[error("database")]
    Db(#[source] DbError),
    /// Anything else of ours that broke; the text is for the log.
    #[error("{0}")]
    Failed(String),
}

/// The family a refusal belongs to; decides the status at the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Fields or parameters are wrong.
    Invalid,
    /// The body could not be understood at all.
    Malformed,
    /// Who is asking is unknown.
    Unauthenticated,
    /// Who is asking may not.
    Forbidden,
    /// There is no such thing, or not for the one who asks.
    NotFound,
    /// The path exists, the verb does not.
    MethodNotAllowed,
    /// It collides with what is there.
    Conflict,
    /// The body is larger than allowed.
    TooLarge,
    /// The body is of a kind nobody reads here.
    Unsupported,
    /// Too often.
    TooMany {
        /// Seconds until it makes sense to try again.
        retry_after: u64,
    },
    /// The request took longer than allowed.
    TimedOut,
}

/// One complaint about one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the body or query; `non_field_errors` when it concerns several.
    pub field: Cow<'static, str>,
    /// Stable code, such as `required`.
    pub code: &'static str,
    /// The sentence.
    pub message: Text,
}

/// A refusal: stable code, sentence, the fields it concerns, and what else the client may use.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Family.
    pub kind: Kind,
    /// Stable, machine-readable.
    pub code: &'static str,
    /// The sentence for people.
    pub message: Text,
    /// Complaints by field.
    pub fields: Vec<FieldError>,
    /// Further top-level keys of the answer.
    pub extra: Map<String, Json>,
}

impl Refusal {
    /// A refusal about the whole request.
    #[must_use]
    pub fn new(kind: Kind, code: &'static str, message: Text) -> Self {
        Self { kind, code, message, fields: Vec::new(), extra: Map::new() }
    }

    /// Something is not there; `key` names the sentence.
    #[must_use]
    pub fn not_found(key: &'static str) -> Self {
        Self::new(Kind::NotFound, "not_found", Text::key(key))
    }

    /// A business conflict.
    #[must_use]
    pub fn conflict(code: &'static str, message: Text) -> Self {
        Self::new(Kind::Conflict, code, message)
    }

    /// Complaints about fields; the first sentence stands for all in `message`.
    #[must_use]
    pub fn fields(fields: Vec<FieldError>) -> Self {
        let message = fields
            .first()
            .map_or_else(|| Text::key("error.invalid"), |first| first.message.clone());
        Self { kind: Kind::Invalid, code: "invalid", message, fields, extra: Map::new() }
    }

    /// One complaint about one field.
    #[must_use]
    pub fn field(field: impl Into<Cow<'static, str>>, code: &'static str, message: Text) -> Self {
        Self::fields(vec![FieldError { field: field.into(), code, message }])
    }

    /// Adds a key to the answer.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Json>) -> Self {
        self.extra.insert(key.to_owned(), value.into());
        self
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<DbError> for Error {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl Error {
    /// The refusal inside, if it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// A failure of ours, for the log.
    pub fn failed(context: &str, cause: impl std::fmt::Display) -> Self {
        Self::Failed(format!("{context}: {cause}"))
    }
}
