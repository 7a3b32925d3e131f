//! The run itself: puts aside, makes, copies, counts.

use super::super::{Migration, ledger, runner};
use super::examine::{self, Report, examine};
use super::progress::{self, Counted, Progress, Stage};
use super::standing::{self, Former, Standing, kept_name};
use super::undo;
use crate::app::Program;
use crate::clock::Clock;
use crate::db::{Conn, DbError, Tx, WriteContext};
use crate::error::{Error, Result};
use crate::params;

/// What has just been done.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// It is recorded that a run is under way.
    Begun,
    /// So many former tables have other names now.
    PutAside(usize),
    /// The rows stand still and were looked at once more.
    Examined(&'a Report),
    /// So many migrations were applied.
    Migrated(usize),
    /// So many rows of a former table are copied so far, of so many.
    Copied(&'a str, i64, i64),
    /// All rows were counted again.
    Verified,
}

/// Takes the former database over, or goes on where an earlier run was interrupted, up to the point where all rows
/// are there; the caller writes the rows that every installation needs and calls [`progress::finish`]. What fails
/// on the way is undone, unless the connection is gone.
pub fn carry_out(
    conn: &mut Conn,
    program: &Program,
    ordered: &[&'static Migration],
    clock: &Clock,
    fix: bool,
    told: &mut dyn FnMut(Step<'_>),
) -> Result<Vec<Counted>> {
    runner::locked(conn, |conn| {
        begin(conn, program, ordered, fix, told)?;
        let progress = progress::load(conn)?.ok_or_else(nothing)?;
        if progress.stage == Stage::Undoing {
            undo::undo_locked(conn, program, &progress)?;
            return Err(Error::Failed(
                "an earlier run was being undone; that is finished now, and the former tables have their names back. \
                 Run `manage adopt` again"
                    .into(),
            ));
        }
        let run = Run { program, ordered, clock, fix: progress.fix };
        match run.go(conn, &progress, told) {
            Ok(()) => Ok(progress::load(conn)?.map_or_else(Vec::new, |progress| progress.tables)),
            Err(Error::Db(error @ (DbError::Unavailable(_) | DbError::Unknown(_)))) => {
                Err(Error::Failed(format!(
                    "the connection was lost ({error}); nothing is lost with it: run `manage adopt` again, it goes on \
                     from there"
                )))
            }
            Err(error) => {
                let _none_may_be_open = conn.batch("ROLLBACK");
                undo::undo_locked(conn, program, &progress)?;
                Err(Error::Failed(format!(
                    "{}. Everything was undone: the former tables have their names back, unchanged",
                    undo::sentence(&error)
                )))
            }
        }
    })
}

fn nothing() -> Error {
    Error::Failed("this database has nothing to take over".into())
}

/// Records a new run, if none is under way and the rows can be taken.
fn begin(
    conn: &mut Conn,
    program: &Program,
    ordered: &[&'static Migration],
    fix: bool,
    told: &mut dyn FnMut(Step<'_>),
) -> Result<()> {
    match standing::standing(conn, program, ordered)? {
        Standing::Former { tables, aside, .. } => {
            refuse_kept(conn, &tables, &aside)?;
            let report = examine(conn, &tables, &str::to_owned)?;
            refuse_impossible(&report, fix)?;
            let taken =
                tables.iter().map(|former| (former.name.clone(), Some(former.taken.table.name)));
            let all: Vec<_> = taken.chain(aside.into_iter().map(|name| (name, None))).collect();
            let had_ledger = !ledger::load(conn)?.is_empty();
            progress::begin(conn, &all, fix, had_ledger)?;
            told(Step::Begun);
            Ok(())
        }
        Standing::Unfinished(_) => Ok(()),
        Standing::Finished(_) | Standing::Own => Err(nothing()),
    }
}

/// A name that is needed must be free.
fn refuse_kept(conn: &mut Conn, tables: &[Former], aside: &[String]) -> Result<()> {
    for name in tables.iter().map(|former| &former.name).chain(aside) {
        let kept = kept_name(name);
        if ledger::table_exists(conn, &kept)? {
            return Err(Error::Failed(format!(
                "the table {kept} is there already, so {name} cannot be kept under that name; rename or drop it first"
            )));
        }
    }
    Ok(())
}

fn refuse_impossible(report: &Report, fix: bool) -> Result<()> {
    if report.is_possible(fix) {
        return Ok(());
    }
    let (open, sure) = report.matters();
    let help = if open == 0 {
        "`--fix` applies them"
    } else {
        "mend the others in the former tables first"
    };
    Err(Error::Failed(format!(
        "these rows cannot be taken over as they are: {} matters, {sure} of them with a sure remedy; \
         `manage adopt --plan` lists them, {help}",
        open + sure
    )))
}

struct Run<'r> {
    program: &'r Program,
    ordered: &'r [&'static Migration],
    clock: &'r Clock,
    fix: bool,
}

impl Run<'_> {
    fn go(
        &self,
        conn: &mut Conn,
        progress: &Progress,
        told: &mut dyn FnMut(Step<'_>),
    ) -> Result<()> {
        if progress.stage == Stage::PuttingAside {
            put_aside(conn, progress)?;
            told(Step::PutAside(progress.tables.len()));
        }
        if progress.stage == Stage::Finishing {
            return Ok(());
        }
        let tables = self.formers(progress);
        // Somebody may have written between the first look and the new names.
        let report = examine(conn, &tables, &kept_name)?;
        refuse_impossible(&report, self.fix)?;
        if progress.stage == Stage::PuttingAside {
            let rows: Vec<(String, i64)> =
                report.tables.iter().map(|table| (table.name.clone(), table.rows)).collect();
            progress::counted(conn, &rows)?;
        }
        told(Step::Examined(&report));
        let applied = runner::apply_locked(conn, self.ordered, self.clock, &mut |_, _| {})?;
        told(Step::Migrated(applied));
        for former in &tables {
            self.copy(conn, former, &report, progress, told)?;
        }
        verify(conn, &tables, &report)?;
        for former in &tables {
            keep_numbers(conn, former)?;
        }
        progress::set_stage(conn, Stage::Finishing)?;
        told(Step::Verified);
        Ok(())
    }

    /// The former tables as the run recorded them, parents first.
    fn formers(&self, progress: &Progress) -> Vec<Former> {
        let taken = standing::all_taken(self.program);
        let named = |counted: &Counted| {
            let target = counted.target.as_deref()?;
            let taken = taken.iter().find(|taken| taken.table.name == target)?;
            Some(Former { taken, name: counted.name.clone() })
        };
        progress.tables.iter().filter_map(named).collect()
    }

    fn copy(
        &self,
        conn: &mut Conn,
        former: &Former,
        report: &Report,
        progress: &Progress,
        told: &mut dyn FnMut(Step<'_>),
    ) -> Result<()> {
        let of_it = |counted: &&Counted| counted.name == former.name;
        let (mut done, after) = progress
            .tables
            .iter()
            .find(of_it)
            .map_or((0, None), |counted| (counted.after, counted.last_id));
        let rows = report.tables.iter().find(|table| table.name == former.name);
        let rows = rows.map_or(0, |table| table.rows);
        if rows == 0 {
            return Ok(());
        }
        let context = WriteContext {
            actor: None,
            origin: "adopt".to_owned(),
            now: self.clock.now(),
            generation: crate::auth::identity::Generation::default(),
        };
        let at = kept_name(&former.name);
        let sources = examine::sources(conn, former, &at)?;
        let from = after.unwrap_or(i64::MIN);
        examine::each(conn, former.taken, &at, &sources, &report.ids, from, &mut |conn, chunk| {
            let (count, last_id) = (chunk.len(), chunk.last().map_or(0, |row| row.old_id));
            let changes = chunk.into_iter().map(|row| row.changes).collect();
            progress::together(conn, |conn| {
                let mut tx = Tx::new(conn, &context);
                tx.insert_many(former.taken.table, changes)?;
                progress::copied(&mut tx, &former.name, count, last_id)?;
                tx.settle()?;
                Ok(())
            })?;
            done += i64::try_from(count).unwrap_or(0);
            told(Step::Copied(&former.name, done, rows));
            Ok(())
        })
    }
}

/// Gives the former tables the names under which they are kept, in one statement. Those of an interrupted run that
/// have theirs already are left out.
fn put_aside(conn: &mut Conn, progress: &Progress) -> Result<()> {
    let mut renames = Vec::new();
    for table in &progress.tables {
        if ledger::table_exists(conn, &table.name)? {
            renames.push(format!("`{}` TO `{}`", table.name, kept_name(&table.name)));
        }
    }
    if !renames.is_empty() {
        conn.batch(&format!("RENAME TABLE {}", renames.join(", ")))?;
    }
    Ok(())
}

/// Compares number and ids of the rows before and after.
fn verify(conn: &mut Conn, tables: &[Former], report: &Report) -> Result<()> {
    for (former, reported) in tables.iter().zip(&report.tables) {
        let table = former.taken.table;
        if reported.rows == 0 {
            continue;
        }
        let sum = if former.taken.numbers.is_some() { "0" } else { "COALESCE(SUM(`id`), 0)" };
        let mut look = |name: &str| {
            let sql = format!("SELECT COUNT(*), {sum} FROM `{name}`");
            let found = conn.first(&sql, &[], |row| Ok((row.at::<i64>(0)?, row.at::<i64>(1)?)));
            found.map(Option::unwrap_or_default)
        };
        let (before, after) = (look(&kept_name(&former.name))?, look(table.name)?);
        if before != after {
            return Err(Error::Failed(format!(
                "{} had {} rows and {} has {}, or they have other ids (sums {} and {})",
                former.name, before.0, table.name, after.0, before.1, after.1
            )));
        }
        let live = if table.is_soft_deleted() { " WHERE deleted_at IS NULL" } else { "" };
        if table.counted {
            let rows: i64 =
                conn.one(&format!("SELECT COUNT(*) FROM `{}`{live}", table.name), &[])?;
            let kept: i64 = conn.one(
                "SELECT COALESCE(SUM(live), 0) FROM row_counts WHERE table_name = ?",
                &params![table.name],
            )?;
            if rows != kept {
                return Err(Error::Failed(format!(
                    "{} has {rows} rows that are not deleted, and {kept} were counted",
                    table.name
                )));
            }
        }
    }
    Ok(())
}

/// A number that the former program gave is not given again, even if its row is gone.
fn keep_numbers(conn: &mut Conn, former: &Former) -> Result<()> {
    let next: Option<i64> = conn
        .scalar::<Option<i64>>(
            "SELECT auto_increment FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?",
            &params![kept_name(&former.name)],
        )?
        .flatten();
    if let Some(next) = next.filter(|next| *next > 1) {
        // A number that is too small changes nothing.
        conn.batch(&format!("ALTER TABLE `{}` AUTO_INCREMENT = {next}", former.taken.table.name))?;
    }
    Ok(())
}
