//! `makemigrations`: writes the migrations of tables that none has created yet (in a checkout).

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches};

use crate::db::migrate::autodetect::{self, Described, Draft};
use crate::db::system;
use crate::error::{Error, Result};
use crate::manage::{Command, Context, output, setup};

pub(super) const COMMAND: Command = Command {
    name: "makemigrations",
    about: "Write the migrations that create newly described tables (in a checkout of the source)",
    arguments: |command| {
        command.arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help("Only tell what would be written"),
        )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let drafts = autodetect::new_tables(&described(context))?;
    if drafts.is_empty() {
        output::line("No changes detected");
        return Ok(());
    }
    let root = setup::folder()?;
    for draft in &drafts {
        let folder = home(&root, &draft.module).join(&draft.name);
        output::line(format!("Migrations for '{}':", draft.module));
        output::line(format!("  {}", folder.strip_prefix(&root).unwrap_or(&folder).display()));
        if !matches.get_flag("dry-run") {
            write(&folder, draft)?;
        }
        let depends: Vec<String> = draft
            .depends
            .iter()
            .map(|(module, name)| format!("(\"{module}\", \"{name}\")"))
            .collect();
        output::line(format!(
            "  add to its list: platform::migration!(\"{}\", \"{}\", \".\", [{}])",
            draft.module,
            draft.name,
            depends.join(", ")
        ));
    }
    Ok(())
}

fn described(context: &Context) -> Vec<Described> {
    let mut modules = vec![Described {
        module: "platform",
        tables: system::TABLES,
        migrations: system::MIGRATIONS,
    }];
    modules.extend(context.program().modules.iter().map(|module| Described {
        module: module.name,
        tables: module.tables,
        migrations: module.migrations,
    }));
    modules
}

fn home(root: &Path, module: &str) -> PathBuf {
    if module == "platform" {
        root.join("crates/platform/src/db/migrations")
    } else {
        root.join("crates/clinic/src").join(module).join("migrations")
    }
}

fn write(folder: &Path, draft: &Draft) -> Result<()> {
    let failed = |error: std::io::Error| Error::failed(&folder.display().to_string(), error);
    let parent = folder.parent().and_then(Path::parent);
    if !parent.is_some_and(Path::is_dir) {
        return Err(Error::Failed(format!(
            "{} is not there: run this at the root of a checkout",
            folder.display()
        )));
    }
    std::fs::create_dir_all(folder).map_err(failed)?;
    let state = serde_json::to_string_pretty(&draft.state)
        .map_err(|error| Error::failed("state", error))?;
    std::fs::write(folder.join("sqlite.sql"), &draft.sqlite).map_err(failed)?;
    std::fs::write(folder.join("mysql.sql"), &draft.mysql).map_err(failed)?;
    std::fs::write(folder.join("state.json"), state + "\n").map_err(failed)
}
