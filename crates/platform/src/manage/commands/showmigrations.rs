//! `showmigrations`: what is applied and what waits, by module or in order.

use std::collections::HashMap;

use clap::{Arg, ArgAction, ArgMatches};

use crate::app::{App, migrations};
use crate::db::migrate::ledger::{self, Record};
use crate::db::migrate::{Migration, plan};
use crate::error::Result;
use crate::manage::{Command, Context, output};

pub(super) const COMMAND: Command = Command {
    name: "showmigrations",
    about: "List the migrations of each module; [X] marks the applied ones",
    arguments: |command| {
        command
            .arg(Arg::new("module").num_args(0..).help("Only these modules"))
            .arg(
                Arg::new("list")
                    .long("list")
                    .short('l')
                    .action(ArgAction::SetTrue)
                    .conflicts_with("plan")
                    .help("By module (what is shown without a flag)"),
            )
            .arg(
                Arg::new("plan")
                    .long("plan")
                    .short('p')
                    .action(ArgAction::SetTrue)
                    .help("In the order in which they are applied"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let app = context.app()?;
    let modules: Vec<&str> =
        matches.get_many::<String>("module").into_iter().flatten().map(String::as_str).collect();
    for module in &modules {
        super::refuse_unknown_module(app.program(), module)?;
    }
    let lines = if matches.get_flag("plan") { plan(&app, &modules)? } else { of(&app, &modules)? };
    lines.iter().for_each(output::line);
    Ok(())
}

/// The lines: a module's name, then its migrations.
pub fn list(app: &App) -> Result<Vec<String>> {
    of(app, &[])
}

fn of(app: &App, modules: &[&str]) -> Result<Vec<String>> {
    let applied = ledger::load(&mut app.db().connect()?)?;
    let ordered = migrations(app.program().modules)?;
    let mut names = super::module_names(app.program());
    names.retain(|name| modules.is_empty() || modules.contains(name));
    names.sort_unstable();
    let mut lines = Vec::new();
    for name in names {
        lines.push(name.to_owned());
        let before = lines.len();
        for migration in ordered.iter().filter(|migration| migration.module == name) {
            lines.push(format!(" {}", marked(&applied, migration, " ", migration.name)));
        }
        if lines.len() == before {
            lines.push(" (no migrations)".to_owned());
        }
    }
    Ok(lines)
}

fn plan(app: &App, modules: &[&str]) -> Result<Vec<String>> {
    let applied = ledger::load(&mut app.db().connect()?)?;
    let ordered = migrations(app.program().modules)?;
    let mut wanted: Vec<&Migration> = Vec::new();
    for module in modules {
        wanted.extend(plan::target(&ordered, module, None)?);
    }
    let is_wanted = |step: &Migration| {
        modules.is_empty() || wanted.iter().any(|w| (w.module, w.name) == (step.module, step.name))
    };
    let lines = ordered.iter().filter(|migration| is_wanted(migration)).map(|migration| {
        marked(&applied, migration, "  ", &format!("{}.{}", migration.module, migration.name))
    });
    let lines: Vec<String> = lines.collect();
    Ok(if lines.is_empty() { vec!["(no migrations)".to_owned()] } else { lines })
}

/// `[X] name`; one that was interrupted is told as such.
fn marked(
    applied: &HashMap<(String, String), Record>,
    migration: &Migration,
    gap: &str,
    text: &str,
) -> String {
    match applied.get(&(migration.module.to_owned(), migration.name.to_owned())) {
        Some(record) if record.applied_at.is_some() => format!("[X]{gap}{text}"),
        Some(record) => {
            format!("[ ]{gap}{text} (interrupted after {} statements)", record.step)
        }
        None => format!("[ ]{gap}{text}"),
    }
}
