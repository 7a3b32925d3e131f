//! The small prompt for a machine without a database client: statements, `.tables`, `.schema`, `.quit`.

use std::io::{BufRead, IsTerminal};
use std::ops::ControlFlow;

use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use super::statements::take_complete;
use super::{Request, table};
use crate::config::Database;
use crate::db::{Conn, Db, DbError, Engine};
use crate::error::{Error, Result};
use crate::manage::output;

/// Rows of one answer that are shown.
const MOST_ROWS: usize = 10_000;

pub(super) fn run(database: &Database, request: &Request) -> Result<()> {
    output::refuse(
        "No database client is installed (sqlite3, mariadb or mysql): this is the program's own small prompt.",
    );
    if !request.arguments.is_empty() {
        return Err(Error::Failed("it takes no arguments of the client".to_owned()));
    }
    let mut conn = Db::start(&database.location, 1)?.connect()?;
    match &request.sql {
        Some(sql) => script(&mut conn, sql.as_bytes()),
        None if std::io::stdin().is_terminal() => prompt(&mut conn, &database.described()),
        None => script(&mut conn, std::io::stdin().lock()),
    }
}

/// Runs statements until the first that fails.
fn script(conn: &mut Conn, lines: impl BufRead) -> Result<()> {
    let mut waiting = String::new();
    for line in lines.lines() {
        let line = line.map_err(|error| Error::failed("the statements cannot be read", error))?;
        if waiting.trim().is_empty() && line.starts_with('.') {
            waiting.clear();
            if word(conn, line.trim())?.is_break() {
                return Ok(());
            }
            continue;
        }
        waiting.push_str(&line);
        waiting.push('\n');
        for statement in take_complete(&mut waiting) {
            show(conn, &statement)?;
        }
    }
    match waiting.trim() {
        "" => Ok(()),
        last => show(conn, last),
    }
}

fn prompt(conn: &mut Conn, described: &str) -> Result<()> {
    let failed = |error: ReadlineError| Error::failed("the prompt", error);
    output::line(format!("{described} — statements end with ;  .tables .schema [table] .quit"));
    let mut editor = DefaultEditor::new().map_err(failed)?;
    let mut waiting = String::new();
    loop {
        let is_fresh = waiting.trim().is_empty();
        match editor.readline(if is_fresh { "sql> " } else { "  -> " }) {
            Ok(line) => {
                let _not_kept = editor.add_history_entry(&line);
                let outcome = if is_fresh && line.starts_with('.') {
                    word(conn, line.trim())
                } else {
                    waiting.push_str(&line);
                    waiting.push('\n');
                    let statements = take_complete(&mut waiting);
                    statements
                        .iter()
                        .try_for_each(|statement| show(conn, statement))
                        .map(|()| ControlFlow::Continue(()))
                };
                match outcome {
                    Ok(ControlFlow::Break(())) => return Ok(()),
                    Ok(ControlFlow::Continue(())) => {}
                    Err(error) => output::refuse(told(&error)),
                }
            }
            Err(ReadlineError::Interrupted) => waiting.clear(),
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(failed(error)),
        }
    }
}

fn told(error: &Error) -> String {
    match error {
        Error::Db(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// A word of the prompt's own; `Break` to leave.
fn word(conn: &mut Conn, line: &str) -> Result<ControlFlow<()>> {
    let mut words = line.split_whitespace();
    match (words.next().unwrap_or_default(), words.next()) {
        (".quit" | ".exit", _) => return Ok(ControlFlow::Break(())),
        (".tables", _) => tables(conn)?.iter().for_each(output::line),
        (".schema", Some(name)) => schema(conn, name)?,
        (".schema", None) => {
            for name in tables(conn)? {
                schema(conn, &name)?;
            }
        }
        (other, _) => {
            return Err(Error::Failed(format!(
                "{other} is not known here; .tables .schema [table] .quit are"
            )));
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn tables(conn: &mut Conn) -> Result<Vec<String>> {
    let sql = match conn.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%' ORDER BY name"
        }
        Engine::Mysql => "SHOW TABLES",
    };
    Ok(conn.rows(sql, &[], |row| row.at(0))?)
}

fn schema(conn: &mut Conn, name: &str) -> Result<()> {
    if !tables(conn)?.iter().any(|known| known == name) {
        return Err(Error::Failed(format!("there is no table \"{name}\"")));
    }
    let texts: Vec<String> = match conn.engine() {
        Engine::Sqlite => {
            let sql = "SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC, name";
            conn.rows(sql, &crate::params![name], |row| row.at(0))?
        }
        Engine::Mysql => {
            let quoted = name.replace('`', "``");
            conn.rows(&format!("SHOW CREATE TABLE `{quoted}`"), &[], |row| row.at(1))?
        }
    };
    for text in texts {
        output::line(format!("{text};"));
    }
    Ok(())
}

/// Runs a statement and shows its rows.
fn show(conn: &mut Conn, sql: &str) -> Result<()> {
    let mut names: Vec<String> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut more = false;
    let outcome = conn.each(sql, &[], |row| {
        if rows.len() >= MOST_ROWS {
            more = true;
            return Ok(ControlFlow::Break(()));
        }
        if names.is_empty() {
            names = row.names().iter().map(|name| table::clean(name)).collect();
        }
        let cells = (0..row.names().len()).map(|at| row.raw(at).map(table::cell));
        rows.push(cells.collect::<Result<_, DbError>>()?);
        Ok(ControlFlow::Continue(()))
    });
    outcome.map_err(|error| match error {
        DbError::Sql { message, .. } => Error::Failed(message),
        other => Error::Db(other),
    })?;
    if rows.is_empty() {
        output::line("OK, no rows");
        return Ok(());
    }
    table::draw(&names, &rows).iter().for_each(output::line);
    let rest = if more { ", and more (use LIMIT)" } else { "" };
    let noun = if rows.len() == 1 { "row" } else { "rows" };
    output::line(format!("{} {noun}{rest}", rows.len()));
    Ok(())
}
