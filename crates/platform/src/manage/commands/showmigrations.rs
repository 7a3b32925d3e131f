//! `showmigrations`: what is applied and what waits, by module.

use clap::ArgMatches;

use crate::app::{App, migrations};
use crate::db::migrate::ledger;
use crate::error::Result;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "showmigrations",
    about: "List the migrations of each module; [X] marks the applied ones",
    arguments: |command| command,
    run,
};

fn run(context: &Context, _matches: &ArgMatches) -> Result<()> {
    list(&context.app()?)?.iter().for_each(output::line);
    Ok(())
}

/// The lines: a module's name, then its migrations.
pub fn list(app: &App) -> Result<Vec<String>> {
    let applied = ledger::load(&mut app.db().connect()?)?;
    let ordered = migrations(app.program().modules)?;
    let mut names: Vec<&str> = ordered.iter().map(|migration| migration.module).collect();
    names.sort_unstable();
    names.dedup();
    let mut lines = Vec::new();
    for name in names {
        lines.push(name.to_owned());
        for migration in ordered.iter().filter(|migration| migration.module == name) {
            let record = applied.get(&(name.to_owned(), migration.name.to_owned()));
            let mark =
                if record.is_some_and(|record| record.applied_at.is_some()) { 'X' } else { ' ' };
            lines.push(format!(" [{mark}] {}", migration.name));
        }
    }
    Ok(lines)
}
