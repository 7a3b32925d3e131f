//! What an operator reads before, during and after.

use crate::app::App;
use crate::db::migrate::adopt::{Counted, KEPT, Report, Reported, Step};
use crate::error::{Error, Result};
use crate::manage::output;

/// Matters shown of one table; the others are counted.
const SHOWN: usize = 50;

/// The plan: table by table.
pub(super) fn plan(
    app: &App,
    place: &str,
    report: &Report,
    aside: &[String],
    strangers: &[String],
) {
    let name = app.program().predecessor.map_or("former", |predecessor| predecessor.name);
    output::line(format!("{place} was made by the {name} program."));
    output::line(format!(
        "\nTables whose rows are taken over; the former ones are kept as {KEPT}…:"
    ));
    for table in &report.tables {
        one(table);
    }
    let made: Vec<&str> = app
        .program()
        .modules
        .iter()
        .flat_map(|module| module.tables)
        .map(|table| table.name)
        .filter(|name| !report.tables.iter().any(|table| table.target == *name))
        .collect();
    list("\nTables that are new", &made);
    list(&format!("\nTables that nothing is taken from, kept as {KEPT}…"), aside);
    list("\nTables of neither program, left as they are", strangers);
}

fn list(title: &str, names: &[impl AsRef<str>]) {
    if !names.is_empty() {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        output::line(format!("{title}: {}", names.join(", ")));
    }
}

fn one(table: &Reported) {
    let target = if table.target == table.name {
        String::new()
    } else {
        format!(" (becomes {})", table.target)
    };
    output::line(format!("  {}{target}: {} rows", table.name, table.rows));
    for remark in &table.remarks {
        output::line(format!("      {remark}"));
    }
    for (column, count) in &table.formed {
        output::line(format!("      {column}: {count} rewritten in this program's form"));
    }
    for obstacle in &table.obstacles {
        output::line(format!("    ! {obstacle}"));
    }
    for finding in table.findings.iter().take(SHOWN) {
        let remedy = if finding.is_mendable { "--fix would" } else { "to do:" };
        output::line(format!(
            "    ! row {}, {}: {}; {remedy} {}",
            finding.id, finding.column, finding.reason, finding.proposal
        ));
    }
    let shown = table.findings.len().min(SHOWN);
    if table.undecided + table.mendable > shown {
        output::line(format!("    ! and {} more", table.undecided + table.mendable - shown));
    }
}

/// Refuses what could not be taken over as asked.
pub(super) fn refuse_impossible(report: &Report, fix: bool) -> Result<()> {
    if report.is_possible(fix) {
        return Ok(());
    }
    let (open, sure) = report.matters();
    Err(Error::Failed(match (open, sure) {
        (0, sure) => format!(
            "it cannot be taken over as it is: {sure} matters have a sure remedy, which `manage adopt --fix` applies; nothing \
             was changed"
        ),
        (open, _) => format!(
            "it cannot be taken over as it is: {open} matters (marked ! and \"to do\") need a decision; mend them in the former \
             tables and run this again. Nothing was changed"
        ),
    }))
}

/// Tells the steps as they are done.
#[derive(Default)]
pub(super) struct Teller {
    table: String,
}

impl Teller {
    pub(super) fn step(&mut self, step: Step<'_>) {
        match step {
            Step::Begun => {}
            Step::PutAside(count) => {
                output::line(format!("  {count} former tables are kept as {KEPT}…"));
            }
            Step::Examined(report) => {
                for table in &report.tables {
                    for finding in &table.findings {
                        output::line(format!(
                            "  Mending {} row {}, {}: {}; {}",
                            table.name,
                            finding.id,
                            finding.column,
                            finding.reason,
                            finding.proposal
                        ));
                    }
                    if table.mendable > table.findings.len() {
                        let more = table.mendable - table.findings.len();
                        output::line(format!("  Mending {more} more in {}", table.name));
                    }
                }
            }
            Step::Migrated(count) => output::line(format!("  {count} migrations applied")),
            Step::Copied(table, done, rows) => {
                if self.table != table {
                    table.clone_into(&mut self.table);
                    output::part(format!("  Copying {table}..."));
                }
                if done >= rows {
                    output::line(format!(" {done} rows"));
                }
            }
            Step::Verified => output::line("  All rows are there; counted again"),
        }
    }
}

/// The rows before and after, and what to do next.
pub(super) fn outcome(counted: &[Counted], sentences: &[String]) {
    output::line("\nRows before and after:");
    for table in counted {
        let (Some(target), Some(before)) = (&table.target, table.before) else { continue };
        output::line(format!("  {target}: {before} → {}", table.after));
    }
    for sentence in sentences {
        output::line(format!("\n{sentence}"));
    }
    output::line(format!(
        "\nTaken over. The former tables are kept as {KEPT}…; when you miss nothing any more, `manage adopt --drop-kept` removes \
         them."
    ));
}
