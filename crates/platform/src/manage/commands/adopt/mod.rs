//! `adopt`: takes over the database of the program that this one replaces.

mod tell;

use clap::{Arg, ArgAction, ArgMatches};

use crate::app::App;
use crate::backup::restore;
use crate::db::migrate::adopt::{self, Counted, Standing, Step};
use crate::db::{Conn, Engine};
use crate::error::{Error, Result};
use crate::manage::{Command, Context, output, terminal};

pub(super) const COMMAND: Command = Command {
    name: "adopt",
    about: "Take over the database of the former program",
    arguments: |command| {
        let flag = |name: &'static str, help: &'static str| {
            Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
        };
        command
            .arg(
                flag("plan", "Only tell what would be done; exit 1 if it could not be")
                    .conflicts_with_all(["undo", "drop-kept", "noinput"]),
            )
            .arg(
                flag("fix", "Apply the remedies that are sure and lose nothing")
                    .conflicts_with_all(["undo", "drop-kept"]),
            )
            .arg(
                flag("undo", "Put the former tables back after a run that was interrupted")
                    .conflicts_with("drop-kept"),
            )
            .arg(flag(
                "drop-kept",
                "Remove the former tables that were kept; nothing brings them back",
            ))
            .arg(flag("noinput", "Do not ask before").visible_alias("no-input"))
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let app = context.app()?;
    let place = app.config().database.described();
    let asks = !matches.get_flag("noinput");
    let mut conn = app.db().connect_unhurried()?;
    refuse_unfit(&app, &mut conn)?;
    if matches.get_flag("undo") {
        adopt::undo(&mut conn, app.program())?;
        output::line("Undone. The former tables have their names back.");
        return Ok(());
    }
    if matches.get_flag("drop-kept") {
        return drop_kept(&mut conn, &place, asks);
    }
    let fix = matches.get_flag("fix");
    let ordered = app.migrations()?;
    match adopt::standing(&mut conn, app.program(), &ordered)? {
        Standing::Own => {
            output::line("Nothing to do: this database has no tables of the former program.");
            Ok(())
        }
        Standing::Finished(progress) => {
            output::line(format!(
                "Nothing to do: this database was taken over{}.",
                progress.at.map_or_else(String::new, |at| format!(
                    " on {}",
                    at.format("%Y-%m-%d %H:%M UTC")
                ))
            ));
            Ok(())
        }
        Standing::Unfinished(progress) => {
            if matches.get_flag("plan") {
                return Err(Error::Failed(
                    "an earlier run was interrupted; `manage adopt` goes on from there, `manage adopt --undo` puts the \
                     former tables back"
                        .into(),
                ));
            }
            output::line("An earlier run was interrupted; going on from there.");
            drop(conn);
            adopt_told(&app, progress.fix)
        }
        Standing::Former { tables, aside, strangers } => {
            let report = adopt::examine(&mut conn, &tables, &str::to_owned)?;
            tell::plan(&app, &place, &report, &aside, &strangers);
            tell::refuse_impossible(&report, fix)?;
            if matches.get_flag("plan") {
                output::line(
                    "\nIt can be taken over: manage adopt".to_owned()
                        + if fix { " --fix" } else { "" },
                );
                return Ok(());
            }
            drop(conn);
            output::line(
                "\nStop the former program, and make a backup of its database (mysqldump) first.",
            );
            let question = format!("Take over {place}? Type 'yes' to continue: ");
            if asks && !terminal::is_word_yes(&question)? {
                return Err(not_confirmed());
            }
            adopt_told(&app, fix)
        }
    }
}

fn not_confirmed() -> Error {
    Error::Failed("not confirmed, so nothing was done; answer yes, or use --noinput".into())
}

fn refuse_unfit(app: &App, conn: &mut Conn) -> Result<()> {
    let Some(predecessor) = app.program().predecessor else {
        return Err(Error::Failed("this program replaces no other".into()));
    };
    if conn.engine() == Engine::Sqlite {
        return Err(Error::Failed(format!(
            "the {} program kept its data in MySQL, and DATABASE_URL names a SQLite file; name its database there \
             (mysql://USER:PASSWORD@HOST/NAME). Once it is taken over, `manage backup` and `manage restore` bring it into \
             SQLite",
            predecessor.name
        )));
    }
    restore::refuse_half_restored(conn)
}

fn drop_kept(conn: &mut Conn, place: &str, asks: bool) -> Result<()> {
    let kept = adopt::kept_tables(conn)?;
    if kept.is_empty() {
        output::line("Nothing to do: no former tables are kept.");
        return Ok(());
    }
    for (name, rows) in &kept {
        output::line(format!("  {name}: {rows} rows"));
    }
    let question = format!(
        "Remove these {} tables from {place} for good? Type 'yes' to continue: ",
        kept.len()
    );
    if asks && !terminal::is_word_yes(&question)? {
        return Err(not_confirmed());
    }
    let removed = adopt::remove_kept(conn)?;
    output::line(format!("{removed} tables removed."));
    Ok(())
}

/// [`adopt_all`], telling an operator about it.
pub(super) fn adopt_told(app: &App, fix: bool) -> Result<()> {
    let mut teller = tell::Teller::default();
    let (counted, sentences) = adopt_all(app, fix, &mut |step| teller.step(step))?;
    tell::outcome(&counted, &sentences);
    Ok(())
}

/// Takes the former program's database over, or goes on with a run that was interrupted. Answers the rows of each
/// table before and after, and what the operator should know.
pub fn adopt_all(
    app: &App,
    fix: bool,
    told: &mut dyn FnMut(Step<'_>),
) -> Result<(Vec<Counted>, Vec<String>)> {
    let ordered = app.migrations()?;
    let mut conn = app.db().connect_unhurried()?;
    refuse_unfit(app, &mut conn)?;
    let counted = adopt::carry_out(&mut conn, app.program(), &ordered, app.clock(), fix, told)?;
    super::write_needed_rows(app)?;
    let modules = app.program().modules;
    let sentences = app.write_blocking("adopt", true, move |tx| {
        let mut sentences = Vec::new();
        for module in modules {
            if let Some(hook) = module.after_adoption {
                sentences.extend(hook(tx)?);
            }
        }
        tx.identities_changed();
        adopt::finish(tx)?;
        Ok(sentences)
    })?;
    Ok((counted, sentences))
}

/// Refuses to migrate a database of the former program, or one that is taken over by half.
pub(super) fn refuse_former(app: &App, conn: &mut Conn) -> Result<()> {
    match adopt::standing(conn, app.program(), &app.migrations()?)? {
        Standing::Own | Standing::Finished(_) => Ok(()),
        Standing::Unfinished(_) => adopt::refuse_unfinished(conn),
        Standing::Former { .. } => Err(Error::Failed(format!(
            "this database was made by the {} program: look at `manage adopt --plan`, then take it over with `manage adopt` \
             (or `manage migrate --fake-initial`)",
            app.program().predecessor.map_or("former", |predecessor| predecessor.name)
        ))),
    }
}

/// Whether a database waits to be taken over, or to be taken over to the end.
pub(super) fn is_waiting(app: &App, conn: &mut Conn) -> Result<bool> {
    let standing = adopt::standing(conn, app.program(), &app.migrations()?)?;
    Ok(matches!(standing, Standing::Former { .. } | Standing::Unfinished(_)))
}
