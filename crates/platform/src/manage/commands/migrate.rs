//! `migrate`: applies pending migrations, then writes the rows every installation needs.

use clap::{Arg, ArgAction, ArgMatches};

use super::adopt as former;
use crate::app::App;
use crate::backup::restore;
use crate::db::Conn;
use crate::db::migrate::{Migration, adopt, ledger, plan, runner, statement};
use crate::error::{Error, Result};
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "migrate",
    about: "Apply pending migrations",
    arguments: |command| {
        let flag = |name: &'static str, help: &'static str| {
            Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
        };
        command
            .arg(Arg::new("module").help("Only this module, and what it depends on"))
            .arg(
                Arg::new("name")
                    .requires("module")
                    .help("Up to this migration: its name, or a beginning that no other has"),
            )
            .arg(flag("plan", "Only tell what would be done").conflicts_with_all([
                "check",
                "fake",
                "fake-initial",
            ]))
            .arg(flag("check", "Apply nothing; exit 1 if something waits"))
            .arg(
                flag("fake", "Record as applied without running; the tables must be right already")
                    .conflicts_with("check"),
            )
            .arg(
                flag(
                    "fake-initial",
                    "Record creations as applied whose tables are all there, after comparing them",
                )
                .conflicts_with_all(["check", "fake"]),
            )
            .arg(flag("noinput", "Ask nothing (nothing is ever asked)").visible_alias("no-input"))
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let app = context.app()?;
    let ordered = app.migrations()?;
    let module = matches.get_one::<String>("module").map(String::as_str);
    let name = matches.get_one::<String>("name").map(String::as_str);
    let steps = target(&app, &ordered, module, name)?;
    let mut conn = app.db().connect_unhurried()?;
    restore::refuse_half_restored(&mut conn)?;
    refuse_backwards(&mut conn, &ordered, &steps, module, name)?;
    let pending = runner::pending_of(&mut conn, &ordered, &steps)?;
    if matches.get_flag("fake-initial") && module.is_none() && former::is_waiting(&app, &mut conn)?
    {
        drop(conn);
        output::line("Operations to perform:\n  Take over the database of the former program");
        return former::adopt_told(&app, false);
    }
    adopt::refuse_unfinished(&mut conn)?;
    if !pending.is_empty() && !matches.get_flag("check") {
        former::refuse_former(&app, &mut conn)?;
    }
    if matches.get_flag("plan") {
        tell_plan(&mut conn, &pending);
        return Ok(());
    }
    if matches.get_flag("check") {
        return refuse_pending(&pending);
    }
    output::line("Operations to perform:");
    output::line(match (module, name, steps.last()) {
        (Some(module), Some(_), Some(last)) => {
            format!("  Target specific migration: {}, from {module}", last.name)
        }
        (Some(module), ..) => format!("  Apply all migrations: {module}"),
        (None, ..) => format!("  Apply all migrations: {}", modules(&ordered).join(", ")),
    });
    output::line("Running migrations:");
    let applied = if matches.get_flag("fake") {
        told_as_faked(&runner::fake(&mut conn, &steps, app.clock())?)
    } else {
        let mut adopted = 0;
        if matches.get_flag("fake-initial") {
            let found = adopt::initial(&mut conn, &steps, app.clock())?;
            for remark in &found.remarks {
                output::line(format!("  Left as it is: {remark}"));
            }
            adopted = told_as_faked(&found.recorded);
        }
        adopted + runner::apply(&mut conn, &steps, app.clock(), &mut told)?
    };
    if applied == 0 {
        output::line("  No migrations to apply.");
    }
    write_needed_rows(&app)
}

fn told(migration: &Migration, is_done: bool) {
    if is_done {
        output::line(" OK");
    } else {
        output::part(format!("  Applying {}.{}...", migration.module, migration.name));
    }
}

fn told_as_faked(migrations: &[&Migration]) -> usize {
    for migration in migrations {
        output::line(format!("  Applying {}.{}... FAKED", migration.module, migration.name));
    }
    migrations.len()
}

/// The migrations that are asked for, in order.
fn target(
    app: &App,
    ordered: &[&'static Migration],
    module: Option<&str>,
    name: Option<&str>,
) -> Result<Vec<&'static Migration>> {
    let Some(module) = module else { return Ok(ordered.to_vec()) };
    super::refuse_unknown_module(app.program(), module)?;
    if !ordered.iter().any(|migration| migration.module == module) {
        return Err(Error::Failed(format!("the module '{module}' has no migrations")));
    }
    if name == Some("zero") {
        return Err(Error::Failed(format!(
            "migrations only go forward: removing the tables of '{module}' would remove their rows. Restore a \
             backup instead, or begin with an empty database"
        )));
    }
    plan::target(ordered, module, name)
}

/// Going back to an earlier step is refused; standing there already is fine.
fn refuse_backwards(
    conn: &mut Conn,
    ordered: &[&'static Migration],
    steps: &[&'static Migration],
    module: Option<&str>,
    name: Option<&str>,
) -> Result<()> {
    let (Some(module), Some(_), Some(last)) = (module, name, steps.last()) else { return Ok(()) };
    let applied = ledger::load(conn)?;
    let own = ordered.iter().filter(|migration| migration.module == module);
    let later = own.skip_while(|migration| migration.name != last.name).skip(1);
    for migration in later {
        if applied.contains_key(&(module.to_owned(), migration.name.to_owned())) {
            return Err(Error::Failed(format!(
                "{module}.{} is applied already and migrations only go forward; to return to {module}.{}, \
                 restore a backup that was made before",
                migration.name, last.name
            )));
        }
    }
    Ok(())
}

fn tell_plan(conn: &mut Conn, pending: &[&'static Migration]) {
    output::line("Planned operations:");
    if pending.is_empty() {
        output::line("  No planned migration operations.");
    }
    for migration in pending {
        output::line(format!("{}.{}", migration.module, migration.name));
        for step in statement::told(migration.statements(conn.engine())) {
            output::line(format!("    {step}"));
        }
    }
}

fn refuse_pending(pending: &[&'static Migration]) -> Result<()> {
    if pending.is_empty() {
        return Ok(());
    }
    let names: Vec<String> =
        pending.iter().map(|step| format!("{}.{}", step.module, step.name)).collect();
    Err(Error::Failed(format!("{} migrations are not applied: {}", names.len(), names.join(", "))))
}

fn modules(ordered: &[&'static Migration]) -> Vec<&'static str> {
    let mut names: Vec<&str> = ordered.iter().map(|migration| migration.module).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Brings the schema up to date and the needed rows in place; returns how many migrations were applied.
pub fn migrate_all(app: &App, told: &mut dyn FnMut(&Migration, bool)) -> Result<usize> {
    let ordered = app.migrations()?;
    let mut conn = app.db().connect_unhurried()?;
    if !runner::pending(&mut conn, &ordered)?.is_empty() {
        former::refuse_former(app, &mut conn)?;
    }
    let applied = runner::apply(&mut conn, &ordered, app.clock(), told)?;
    write_needed_rows(app)?;
    Ok(applied)
}

/// Writes the rows every installation needs, where they are missing; that takes the newest schema.
pub fn write_needed_rows(app: &App) -> Result<()> {
    if !runner::pending(&mut app.db().connect()?, &app.migrations()?)?.is_empty() {
        return Ok(());
    }
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
