//! `migrate`: applies pending migrations, then writes the rows every installation needs.

use clap::ArgMatches;

use crate::app::App;
use crate::db::migrate::{Migration, runner};
use crate::error::Result;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "migrate",
    about: "Apply pending migrations",
    arguments: |command| command,
    run,
};

fn run(context: &Context, _matches: &ArgMatches) -> Result<()> {
    let app = context.app()?;
    let names: Vec<&str> = {
        let mut names: Vec<&str> =
            app.migrations()?.iter().map(|migration| migration.module).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    output::line("Operations to perform:");
    output::line(format!("  Apply all migrations: {}", names.join(", ")));
    output::line("Running migrations:");
    let applied = migrate_all(&app, &mut |migration, is_done| {
        if is_done {
            output::line(" OK");
        } else {
            output::part(format!("  Applying {}.{}...", migration.module, migration.name));
        }
    })?;
    if applied == 0 {
        output::line("  No migrations to apply.");
    }
    Ok(())
}

/// Brings the schema up to date and the needed rows in place; returns how many migrations were applied.
pub fn migrate_all(app: &App, told: &mut dyn FnMut(&Migration, bool)) -> Result<usize> {
    let ordered = app.migrations()?;
    let mut conn = app.db().connect()?;
    let applied = runner::apply(&mut conn, &ordered, app.clock(), told)?;
    write_needed_rows(app)?;
    Ok(applied)
}

/// Writes the rows every installation needs, where they are missing.
pub fn write_needed_rows(app: &App) -> Result<()> {
    let modules = app.program().modules;
    app.write_blocking("migrate", true, move |tx| {
        for module in modules {
            if let Some(hook) = module.after_migrate {
                hook(tx, modules)?;
            }
        }
        Ok(())
    })
}
