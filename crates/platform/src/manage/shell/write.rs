//! Changes: confirmed, checked against the description, and made by the program's one write path.

use std::rc::Rc;
use std::time::Instant;

use rhai::{Dynamic, Map};

use super::convert::{column, to_value};
use super::query::Query;
use super::session::{Outcome, Session, Writing};
use super::show;
use crate::db::{Changes, Kind, Table, Tx, system};
use crate::error::Result;
use crate::manage::output;

/// Rows one statement may change: a slip of the hand has an end.
pub(super) const MOST_ROWS: usize = 1_000;

/// The values of a map, by the table's description.
pub(super) fn changes(table: &'static Table, given: &Map) -> Outcome<Changes> {
    let mut changes = Changes::new();
    for (name, value) in given {
        let column = column(table, name)?;
        changes.set(column.name, to_value(table, column, value)?);
    }
    Ok(changes)
}

/// Makes a row and answers it.
pub(super) fn create(
    session: &Rc<Session>,
    table: &'static Table,
    given: &Map,
) -> Outcome<Dynamic> {
    refuse_unless_writing(session, table)?;
    let new = changes(table, given)?;
    let missing: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| {
            !column.null
                && column.kind != Kind::Id
                && !matches!(column.name, "created_at" | "updated_at")
                && !new.has(column.name)
        })
        .map(|column| column.name)
        .collect();
    if !missing.is_empty() {
        return Err(format!("a new {} also needs {}", table.model, missing.join(", ")).into());
    }
    agree(session, &format!("Create a {} with {}", table.model, show::fields(&new)))?;
    let id = run(session, move |tx| tx.insert(table, new.clone()))?;
    let asked = [("id".into(), Dynamic::from(id))].into_iter().collect();
    Query::of(session, table).with_deleted().filter(&asked)?.only()
}

/// Changes the rows `ids`; answers how many there were.
pub(super) fn update(
    session: &Rc<Session>,
    table: &'static Table,
    ids: Vec<i64>,
    new: Changes,
) -> Outcome<i64> {
    refuse_unless_writing(session, table)?;
    if new.has("id") {
        return Err("a row keeps its id".into());
    }
    if new.is_empty() || ids.is_empty() {
        return Ok(0);
    }
    agree(session, &format!("Change {}: {}", named(table, &ids), show::fields(&new)))?;
    run(session, move |tx| {
        let mut touched = 0;
        for id in &ids {
            touched += i64::from(tx.update(table, *id, new.clone())?);
        }
        Ok(touched)
    })
}

/// Removes the rows `ids`; answers how many there were.
pub(super) fn delete(session: &Rc<Session>, table: &'static Table, ids: Vec<i64>) -> Outcome<i64> {
    refuse_unless_writing(session, table)?;
    if ids.is_empty() {
        return Ok(0);
    }
    let soft = table.is_soft_deleted();
    let verb = if soft { "Delete" } else { "Delete for good" };
    agree(session, &format!("{verb} {}", named(table, &ids)))?;
    run(session, move |tx| {
        let mut touched = 0;
        for id in &ids {
            let gone = if soft {
                tx.soft_delete(table, *id, Changes::new())?
            } else {
                tx.delete(table, *id)?
            };
            touched += i64::from(gone);
        }
        Ok(touched)
    })
}

fn refuse_unless_writing(session: &Session, table: &'static Table) -> Outcome<()> {
    if system::TABLES.iter().any(|own| own.name == table.name) {
        return Err(format!("{} is kept by the program itself", table.model).into());
    }
    if table.key != ["id"] {
        return Err(format!("rows of {} have no id", table.model).into());
    }
    match session.writing {
        Writing::No => {
            Err("this shell only reads; `manage shell --write` makes one that writes".into())
        }
        Writing::Asked | Writing::Agreed => Ok(()),
    }
}

fn agree(session: &Session, what: &str) -> Outcome<()> {
    if session.writing == Writing::Agreed {
        return Ok(());
    }
    output::part(format!("{what}? [y/N] "));
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    let yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "s" | "si" | "sí");
    if read.is_ok() && yes { Ok(()) } else { Err("nothing was changed".into()) }
}

fn named(table: &Table, ids: &[i64]) -> String {
    match ids {
        [id] => format!("{} {id}", table.model),
        many => format!("{} {} rows", many.len(), table.model),
    }
}

fn run<T, F>(session: &Session, work: F) -> Outcome<T>
where
    T: Send + 'static,
    F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
{
    let started = Instant::now();
    let outcome = session.app.write_blocking("shell", false, move |tx| {
        tx.start_trace();
        let outcome = work(tx);
        let texts = tx.take_trace();
        // The shell reaches every table, also those that say who may do what.
        tx.identities_changed();
        Ok((outcome?, texts))
    });
    match outcome {
        Ok((value, texts)) => {
            let time = started.elapsed();
            for sql in texts {
                session.remember(sql, time);
            }
            Ok(value)
        }
        Err(error) => Err(session.told(&error).into()),
    }
}
