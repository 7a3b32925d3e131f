//! What a database can answer instead of rows.

use super::constraint::Violation;

/// The result of a query.
pub type DbResult<T> = std::result::Result<T, DbError>;

/// A failed statement or an unreachable database.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DbError {
    /// A rule held by the database was broken.
    #[error("constraint broken: {0:?}")]
    Constraint(Violation),
    /// The engine asks for the whole transaction again (deadlock, lock wait, cluster certification).
    #[error("transaction must be repeated: {0}")]
    Repeat(String),
    /// No connection can be had, or it was lost before anything was decided.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// The connection was lost while the commit was under way: it may or may not have happened.
    #[error("outcome of the commit unknown: {0}")]
    Unknown(String),
    /// A single row was expected and none came.
    #[error("no row")]
    NoRow,
    /// A column did not hold what was asked for.
    #[error("column {column}: expected {expected}")]
    Decode {
        /// Column asked for.
        column: String,
        /// What was expected there.
        expected: &'static str,
    },
    /// A row could not be written as JSON.
    #[error("a row could not be written: {0}")]
    Encode(String),
    /// Any other refusal of the engine.
    #[error("{message} [{sql}]")]
    Sql {
        /// Engine's message.
        message: String,
        /// The statement's text (never its values).
        sql: String,
    },
}
