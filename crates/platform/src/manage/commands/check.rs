//! `check` and `validate`: what may be wrong with this installation.

use std::collections::BTreeSet;

use clap::{Arg, ArgAction, ArgMatches, Command as Clap};

use crate::checks::{self, Choice, Level, Subject, Tag};
use crate::clock::Clock;
use crate::config::Source;
use crate::error::{Error, Result};
use crate::manage::{Command, Context, output};

pub(super) const CHECK: Command = Command {
    name: "check",
    about: "Check the installation for problems (--deploy: as a production)",
    arguments,
    run,
};

pub(super) const VALIDATE: Command =
    Command { name: "validate", about: "The same as check, by its former name", arguments, run };

fn arguments(command: Clap) -> Clap {
    let levels = Level::ALL.map(Level::name);
    command
        .arg(
            Arg::new("module")
                .value_name("module")
                .num_args(0..)
                .help("Only the checks of these modules; `platform` has the general ones"),
        )
        .arg(
            Arg::new("tag")
                .short('t')
                .long("tag")
                .value_name("TAG")
                .action(ArgAction::Append)
                .help("Only checks with this tag; may be repeated"),
        )
        .arg(
            Arg::new("list-tags")
                .long("list-tags")
                .action(ArgAction::SetTrue)
                .help("Print the tags there are"),
        )
        .arg(
            Arg::new("deploy")
                .long("deploy")
                .action(ArgAction::SetTrue)
                .help("Check everything that matters in production, the database and Redis too"),
        )
        .arg(
            Arg::new("database")
                .long("database")
                .value_name("NAME")
                .action(ArgAction::Append)
                .value_parser(["default"])
                .help("Check this database; there is one, called default"),
        )
        .arg(
            Arg::new("fail-level")
                .long("fail-level")
                .value_name("LEVEL")
                .default_value(Level::Error.name())
                .ignore_case(true)
                .value_parser(levels)
                .help("Least level that makes the command fail"),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("Print the outcome as JSON"),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    if matches.get_flag("list-tags") {
        for tag in Tag::ALL {
            output::line(tag.name());
        }
        return Ok(());
    }
    let choice = choice(context, matches)?;
    let fail_level = matches.get_one::<String>("fail-level").and_then(|name| Level::parse(name));
    let fail_level = fail_level.unwrap_or(Level::Error);
    let source = Source::load(context.folder());
    let subject = Subject::new(context.program(), context.folder(), source, Clock::system());
    let report = checks::run(&subject, &choice)?;
    if matches.get_flag("json") {
        output::line(format!("{:#}", report.json(fail_level)));
    } else {
        output::line(report.text());
    }
    match report.at_least(fail_level) {
        0 => Ok(()),
        1 => Err(Error::Failed("the check found 1 issue that must be mended".to_owned())),
        many => Err(Error::Failed(format!("the check found {many} issues that must be mended"))),
    }
}

fn choice(context: &Context, matches: &ArgMatches) -> Result<Choice> {
    let words = |name: &str| -> Vec<String> {
        matches.get_many::<String>(name).into_iter().flatten().cloned().collect()
    };
    let mut tags = BTreeSet::new();
    for word in words("tag") {
        let Some(tag) = Tag::ALL.into_iter().find(|tag| tag.name() == word) else {
            return Err(Error::Failed(format!(
                "there is no system check with the \"{word}\" tag; `manage check --list-tags` names them"
            )));
        };
        tags.insert(tag);
    }
    let modules: BTreeSet<String> = words("module").into_iter().collect();
    let known: Vec<&str> =
        context.program().modules.iter().map(|module| module.name).chain([checks::OWN]).collect();
    if let Some(unknown) = modules.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(Error::Failed(format!(
            "no module is called \"{unknown}\"; there are {}",
            known.join(", ")
        )));
    }
    Ok(Choice {
        tags,
        modules,
        deploy: matches.get_flag("deploy"),
        database: matches.contains_id("database"),
    })
}
