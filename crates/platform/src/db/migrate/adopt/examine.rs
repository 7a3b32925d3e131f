//! Looks at every row of the former tables before anything is changed.

use std::collections::{BTreeMap, HashMap};

use super::Taken;
use super::columns::{self, Matched};
use super::convert::{self, Converted, Finding, Ids};
use super::standing::Former;
use crate::db::{Conn, DbResult, Table, Unique, Value};
use crate::error::Result;
use crate::types::fold;

/// Rows read at a time.
pub(super) const CHUNK: usize = 1_000;
/// Findings kept of one table; further ones are counted.
const KEPT_FINDINGS: usize = 200;

/// What was found in one former table.
#[derive(Debug)]
pub struct Reported {
    /// Its name.
    pub name: String,
    /// The table that takes its rows.
    pub target: &'static str,
    /// Its rows.
    pub rows: i64,
    /// What differs in its columns.
    pub remarks: Vec<String>,
    /// What makes it impossible to take rows.
    pub obstacles: Vec<String>,
    /// Rows that cannot be kept as they are; the first of them.
    pub findings: Vec<Finding>,
    /// All rows' matters that only a person can decide.
    pub undecided: usize,
    /// All rows' matters with a sure remedy.
    pub mendable: usize,
    /// How many values of which columns are written in another form.
    pub formed: BTreeMap<&'static str, usize>,
}

/// What was found in all of them.
#[derive(Debug)]
pub struct Report {
    /// Table by table, parents first.
    pub tables: Vec<Reported>,
    pub(super) ids: Ids,
}

impl Report {
    /// Whether the rows can be taken, with the sure remedies or without.
    #[must_use]
    pub fn is_possible(&self, fix: bool) -> bool {
        self.tables.iter().all(|table| {
            table.obstacles.is_empty() && table.undecided == 0 && (fix || table.mendable == 0)
        })
    }

    /// How many matters there are: for a person, and with a sure remedy.
    #[must_use]
    pub fn matters(&self) -> (usize, usize) {
        self.tables.iter().fold((0, 0), |(open, sure), table| {
            (open + table.undecided + table.obstacles.len(), sure + table.mendable)
        })
    }
}

/// Looks at all rows; `at` says under which name a table stands.
pub fn examine(conn: &mut Conn, tables: &[Former], at: &dyn Fn(&str) -> String) -> Result<Report> {
    let mut report = Report { tables: Vec::new(), ids: Ids::default() };
    for former in tables {
        let reported = one(conn, former, &at(&former.name), &mut report.ids)?;
        report.tables.push(reported);
    }
    Ok(report)
}

fn one(conn: &mut Conn, former: &Former, at: &str, ids: &mut Ids) -> Result<Reported> {
    let taken = former.taken;
    let rows: i64 = conn.one(&format!("SELECT COUNT(*) FROM `{at}`"), &[])?;
    let Matched { sources, obstacles, mut remarks, left } =
        columns::matched(taken, &columns::read(conn, at)?, rows > 0);
    for column in left.iter().filter(|_| rows > 0) {
        let filled: i64 = conn.one(
            &format!(
                "SELECT COUNT(*) FROM `{at}` WHERE `{column}` IS NOT NULL AND CAST(`{column}` AS CHAR) <> ''"
            ),
            &[],
        )?;
        remarks.push(format!(
            "{column}: not taken, filled in {filled} rows; it stays in the kept table"
        ));
    }
    let mut reported = Reported {
        name: former.name.clone(),
        target: taken.table.name,
        rows,
        remarks,
        obstacles,
        findings: Vec::new(),
        undecided: 0,
        mendable: 0,
        formed: BTreeMap::new(),
    };
    if rows == 0 {
        return Ok(reported);
    }
    if let Some(numbers) = taken.numbers {
        ids.numbers.insert(taken.table.name, numbers(conn, at)?);
    }
    if !reported.obstacles.is_empty() {
        return Ok(reported);
    }
    let mut present = std::collections::HashSet::new();
    let mut sets: Vec<Set> = taken.table.uniques.iter().map(Set::new).collect();
    each(conn, taken, at, &sources, ids, i64::MIN, &mut |_, chunk| {
        for mut row in chunk {
            present.extend(row.changes.int("id"));
            for set in &mut sets {
                set.enter(taken.table, &mut row);
            }
            for column in row.formed {
                *reported.formed.entry(column).or_default() += 1;
            }
            for finding in row.findings {
                *(if finding.is_mendable {
                    &mut reported.mendable
                } else {
                    &mut reported.undecided
                }) += 1;
                if reported.findings.len() < KEPT_FINDINGS {
                    reported.findings.push(finding);
                }
            }
        }
        Ok(())
    })?;
    ids.present.insert(taken.table.name, present);
    Ok(reported)
}

/// Visits the rows after `after` in the order of their former ids, some at a time.
pub(super) fn each(
    conn: &mut Conn,
    taken: &'static Taken,
    at: &str,
    sources: &[columns::Source],
    ids: &Ids,
    after: i64,
    visit: &mut dyn FnMut(&mut Conn, Vec<Converted>) -> Result<()>,
) -> Result<()> {
    let names: Vec<String> = sources
        .iter()
        .filter_map(|source| source.from.as_ref())
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    let sql = format!(
        "SELECT {} FROM `{at}` WHERE `id` > ? ORDER BY `id` LIMIT {CHUNK}",
        names.join(", ")
    );
    let mut last = after;
    loop {
        let chunk: Vec<Converted> = conn.rows(&sql, &[Value::Int(last)], |row| {
            convert::row(taken.table.name, sources, ids, row)
        })?;
        let Some(row) = chunk.last() else { return Ok(()) };
        last = row.old_id;
        visit(conn, chunk)?;
    }
}

/// A unique set while rows go by.
struct Set {
    unique: &'static Unique,
    seen: HashMap<String, i64>,
}

impl Set {
    fn new(unique: &'static Unique) -> Self {
        Self { unique, seen: HashMap::new() }
    }

    fn enter(&mut self, table: &'static Table, row: &mut Converted) {
        if self.unique.live && row.changes.get("deleted_at").is_some_and(|at| !at.is_null()) {
            return;
        }
        let mut key = String::new();
        for column in self.unique.columns {
            let base = column.strip_suffix("_fold").filter(|base| table.has(base));
            match (row.changes.get(base.unwrap_or(column)), base) {
                (Some(Value::Text(text)), Some(_)) => key.push_str(&fold(text)),
                (Some(Value::Text(text)), None) => key.push_str(text),
                (None | Some(Value::Null), _) => return, // any number of these may be there
                (Some(other), _) => key.push_str(&format!("{other:?}")),
            }
            key.push('\u{1f}');
        }
        let Some(first) = self.seen.get(&key) else {
            self.seen.insert(key, row.old_id);
            return;
        };
        let columns: Vec<&str> = self
            .unique
            .columns
            .iter()
            .map(|column| {
                column.strip_suffix("_fold").filter(|base| table.has(base)).unwrap_or(column)
            })
            .collect();
        let among = if self.unique.live { ", both not deleted" } else { "" };
        let help = if self.unique.live {
            "delete one of the two (set deleted_at)"
        } else {
            "change one of the two, or join them"
        };
        row.findings.push(Finding {
            id: row.old_id,
            column: columns.join(", "),
            reason: format!("is the same as in row {first}{among}"),
            proposal: help.to_owned(),
            is_mendable: false,
        });
    }
}

/// The columns of a former table, matched once more for the copy.
pub(super) fn sources(
    conn: &mut Conn,
    former: &Former,
    at: &str,
) -> DbResult<Vec<columns::Source>> {
    Ok(columns::matched(former.taken, &columns::read(conn, at)?, true).sources)
}
