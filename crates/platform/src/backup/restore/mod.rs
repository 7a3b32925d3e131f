//! Puts a backup into an empty place: checked first, whole or not at all.
//!
//! The tables are made by the migrations that the backup's database had, filled, compared with the manifest, and only
//! then take their place. Newer migrations follow as in any upgrade.

mod load;
mod target;

use std::path::Path;

use super::archive::{self, MOST_IN_MEMORY};
use super::manifest::{Content, Counted, Manifest, Member};
use super::tables::{self, TableShape};
use super::uploads::Staged;
use super::{Checked, sha256};
use crate::app::{self, App, Program};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Conn;
use crate::db::migrate::{Migration, runner};
use crate::error::{Error, Result};
use crate::manage::commands::migrate_all;
use target::Target;
pub use target::refuse_half_restored;

/// A checked backup that this program can restore.
#[derive(Debug)]
pub struct Plan {
    /// What was checked.
    pub checked: Checked,
    /// The migrations that the backup's database had.
    applied: Vec<&'static Migration>,
    /// How many of this program's migrations follow.
    pub newer: usize,
}

/// Checks the file, and whether this program knows what it holds.
pub fn plan(program: &Program, file: &Path) -> Result<Plan> {
    let checked = archive::check(file)?;
    let manifest = &checked.manifest;
    if manifest.program != program.name {
        return Err(archive::refused(
            file,
            &format!("it is of another program, {}", manifest.program),
        ));
    }
    let ordered = app::migrations(program.modules)?;
    let mut applied = Vec::new();
    for migration in &ordered {
        let named = tables::named(migration);
        let theirs = manifest
            .migrations
            .iter()
            .find(|theirs| theirs.module == named.module && theirs.name == named.name);
        match theirs {
            Some(theirs) if *theirs == named => applied.push(*migration),
            Some(_) => {
                return Err(archive::refused(
                    file,
                    &format!(
                        "{}.{} made other tables there than it makes here",
                        named.module, named.name
                    ),
                ));
            }
            None => {}
        }
    }
    if applied.len() != manifest.migrations.len() {
        return Err(archive::refused(
            file,
            &format!(
                "its database has migrations that this program does not know; use version {} or newer",
                manifest.version
            ),
        ));
    }
    let shapes = tables::shapes(&applied)?;
    if !shapes.iter().eq(manifest.tables.iter().map(|table| &table.shape)) {
        return Err(archive::refused(file, "its tables are not those of its migrations"));
    }
    let newer = ordered.len() - applied.len();
    Ok(Plan { checked, applied, newer })
}

/// Restores it into the configured database and folder of uploads; `told` hears of each step.
pub fn restore(
    program: Program,
    config: &Config,
    clock: &Clock,
    file: &Path,
    plan: &Plan,
    told: &mut dyn FnMut(&str),
) -> Result<()> {
    let manifest = &plan.checked.manifest;
    let known = tables::known(&app::migrations(program.modules)?)?;
    let mut uploads = match manifest.uploads {
        Some(_) => Some(Staged::begin(&config.files.media_root, manifest)?),
        None => None,
    };
    let mut target = Target::begin(&config.database.location, &known, told)?;
    let filled = fill(&mut target.conn, clock, file, plan, uploads.as_mut())
        .and_then(|()| uploads.as_mut().map_or(Ok(()), Staged::place));
    match filled {
        Ok(()) => target.finish()?,
        Err(error) => {
            target.undo()?;
            return Err(error);
        }
    }
    drop(uploads);
    told("restored");
    if plan.newer > 0 {
        told("applying newer migrations");
        let app = App::build(program, config.clone(), clock.clone())?;
        migrate_all(&app, &mut |_, _| {}).map_err(|error| {
            Error::Failed(format!(
                "the backup is restored, but the newer migrations did not all succeed ({error}); run `manage migrate`"
            ))
        })?;
    }
    Ok(())
}

fn fill(
    conn: &mut Conn,
    clock: &Clock,
    file: &Path,
    plan: &Plan,
    mut uploads: Option<&mut Staged>,
) -> Result<()> {
    let manifest = &plan.checked.manifest;
    runner::apply(conn, &plan.applied, clock, &mut |_, _| {})?;
    load::begin(conn)?;
    let mut members = manifest.members.iter();
    let mut failed = None;
    let walked = archive::walk(file, &mut |name, bytes, from| {
        let Some(member) = members.next() else { return Ok(()) }; // the manifest itself
        if member.name != name || member.bytes != bytes {
            return Err("it was changed since it was checked".into());
        }
        let outcome = match &member.content {
            Content::Upload(path) => match uploads.as_deref_mut() {
                Some(uploads) => uploads.take(path, member, from),
                None => Ok(()),
            },
            Content::Table(table) => rows_of(member, manifest, table, from)
                .and_then(|(shape, text)| load::rows(conn, shape, member, &text)),
        };
        outcome.map_err(|error| {
            failed = Some(error);
            String::new()
        })
    });
    if let Some(error) = failed {
        return Err(error);
    }
    walked?;
    load::end(conn, &manifest.tables)
}

/// The text of a member with rows, once more compared with its hash: the file may have changed since the check.
fn rows_of<'m>(
    member: &Member,
    manifest: &'m Manifest,
    table: &str,
    from: &mut dyn std::io::Read,
) -> Result<(&'m TableShape, Vec<u8>)> {
    let unknown = || Error::Failed(format!("{} is of no table", member.name));
    let of_it = |counted: &&Counted| counted.shape.name == table;
    let counted = manifest.tables.iter().find(of_it).ok_or_else(unknown)?;
    let mut text = Vec::new();
    let mut limited = std::io::Read::take(from, MOST_IN_MEMORY);
    std::io::Read::read_to_end(&mut limited, &mut text)
        .map_err(|error| Error::failed(&member.name, error))?;
    if sha256(&text) != member.sha256 {
        return Err(Error::Failed(format!("{} was changed since it was checked", member.name)));
    }
    Ok((&counted.shape, text))
}
