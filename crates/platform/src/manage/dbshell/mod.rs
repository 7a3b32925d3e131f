//! `dbshell`: hands the terminal to the database's own client, with the configured credentials.

mod client;
mod fallback;
mod statements;
mod table;

use crate::config::Database;
use crate::db::Location;
use crate::error::Result;

/// What is wanted of the client.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Statements to run instead of a prompt.
    pub sql: Option<String>,
    /// Further arguments for the client.
    pub arguments: Vec<String>,
}

/// Runs the client, or the small prompt when none is installed; answers the exit code.
pub fn start(database: &Database, request: &Request) -> Result<i32> {
    let code = match &database.location {
        Location::File(path) => client::sqlite(path, request)?,
        Location::Server(url) => client::server(url, request)?,
    };
    match code {
        Some(code) => Ok(code),
        None => fallback::run(database, request).map(|()| 0),
    }
}
