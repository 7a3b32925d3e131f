//! `collectstatic`: the embedded files into STATIC_ROOT.

use clap::{Arg, ArgAction, ArgMatches};

use crate::error::{Error, Result};
use crate::manage::{Command, Context, output, terminal};
use crate::static_files;

pub(super) const COMMAND: Command = Command {
    name: "collectstatic",
    about: "Write the embedded static files to STATIC_ROOT for a web server in front",
    arguments: |command| {
        let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
        command
            .arg(flag("noinput").alias("no-input").help("Do not ask before overwriting"))
            .arg(flag("clear").short('c').help("Remove what belongs to no file of this version"))
            .arg(flag("dry-run").short('n').help("Only tell what would be done"))
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let folder = context.config()?.files.static_root;
    let plan = static_files::plan(&folder)?;
    let (clears, is_dry) = (matches.get_flag("clear"), matches.get_flag("dry-run"));
    if clears && !plan.is_ours() {
        return Err(Error::Failed(format!(
            "{} holds files and no {}, so it was not filled by this command: nothing was removed. Look at \
             STATIC_ROOT, or empty the folder by hand",
            folder.display(),
            static_files::MANIFEST
        )));
    }
    let asks = plan.overwrites || (clears && !plan.stale.is_empty());
    if asks && !is_dry && !matches.get_flag("noinput") {
        output::line(format!(
            "Files in {} will be {}.",
            folder.display(),
            if plan.overwrites { "overwritten" } else { "removed" }
        ));
        if !terminal::is_word_yes("Type 'yes' to continue, or 'no' to cancel: ")? {
            return Err(Error::Failed("Collecting static files cancelled.".into()));
        }
    }
    for name in &plan.copied {
        if is_dry {
            output::line(format!("Pretending to copy '{name}'"));
        }
    }
    if !is_dry {
        plan.write()?;
    }
    if clears {
        for name in &plan.stale {
            output::line(format!(
                "{} '{name}'",
                if is_dry { "Pretending to delete" } else { "Deleting" }
            ));
        }
        if !is_dry {
            plan.clear()?;
        }
    } else if !plan.stale.is_empty() {
        output::line(format!(
            "{} file(s) belong to no file of this version; --clear removes them: {}",
            plan.stale.len(),
            plan.stale.join(", ")
        ));
    }
    output::line(format!(
        "{} static file{} copied to '{}', {} unmodified.",
        plan.copied.len(),
        if plan.copied.len() == 1 { "" } else { "s" },
        folder.display(),
        plan.unmodified
    ));
    Ok(())
}
