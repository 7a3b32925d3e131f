//! `test`: in a checkout its suite; elsewhere the built-in scenarios, on a throw-away database of the configured engine.

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::acceptance::{self, How, Scenario};
use crate::app::Program;
use crate::config::{Config, Secret};
use crate::db::Location;
use crate::db::server::Place;
use crate::error::{Error, Result};
use crate::manage::checkout::{self, Suite};
use crate::manage::{Command, Context, output, setup};

pub(super) const COMMAND: Command = Command {
    name: "test",
    about: "Run the tests: the suite in a checkout, else the built-in proof on a throw-away database",
    arguments: |command| {
        let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
        command
            .arg(
                Arg::new("labels")
                    .value_name("MODULE")
                    .action(ArgAction::Append)
                    .help("Only this module's part; platform is the engine room's"),
            )
            .arg(
                Arg::new("verbosity")
                    .long("verbosity")
                    .short('v')
                    .value_name("0-3")
                    .default_value("1")
                    .value_parser(value_parser!(u8).range(0..=3))
                    .help("How much is said"),
            )
            .arg(flag("keepdb").help("Keep the test database, and use it again the next time"))
            .arg(flag("failfast").help("Stop at the first failure"))
            .arg(flag("acceptance").help("The built-in proof, also in a checkout"))
            .arg(flag("noinput").alias("no-input").help("Nothing is asked anyway"))
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let labels: Vec<String> =
        matches.get_many::<String>("labels").unwrap_or_default().cloned().collect();
    refuse_unknown(context.program(), &labels)?;
    let verbosity = matches.get_one::<u8>("verbosity").copied().unwrap_or(1);
    let stops_early = matches.get_flag("failfast");
    let config = context.config()?;
    let root = checkout::root(&setup::folder()?).filter(|_| !matches.get_flag("acceptance"));
    if let Some(root) = root {
        if matches.get_flag("keepdb") {
            output::refuse(
                "--keepdb: each test of the suite has a database of its own; none is kept.",
            );
        }
        let suite = Suite {
            labels,
            verbosity,
            stops_early,
            server: server(&config),
            redis: config.redis_url.as_ref().map(Secret::reveal).map(str::to_owned),
        };
        return match suite.run(&root)? {
            0 => Ok(()),
            code => std::process::exit(code),
        };
    }
    let module = |label: &str| label.split('.').next().unwrap_or_default().to_owned();
    let scenarios: Vec<Scenario> = (context.program().acceptance)()
        .into_iter()
        .filter(|scenario| {
            labels.is_empty() || labels.iter().any(|label| module(label) == scenario.module)
        })
        .collect();
    let how = How { verbosity, keeps_database: matches.get_flag("keepdb"), stops_early };
    if acceptance::run(*context.program(), config, &scenarios, how)? {
        Ok(())
    } else {
        // How many failed is told already.
        std::process::exit(1)
    }
}

/// The configured server, for throw-away databases beside the configured one.
fn server(config: &Config) -> Option<String> {
    match &config.database.location {
        Location::File(_) => None,
        Location::Server(url) => Some(Place::url_of(url, "")),
    }
}

fn refuse_unknown(program: &Program, labels: &[String]) -> Result<()> {
    let mut names = vec!["platform"];
    names.extend(program.modules.iter().map(|module| module.name));
    let is_known =
        |label: &&String| label.split('.').next().is_some_and(|name| names.contains(&name));
    match labels.iter().find(|label| !is_known(label)) {
        None => Ok(()),
        Some(label) => {
            Err(Error::Failed(format!("no module '{label}'; there are {}", names.join(", "))))
        }
    }
}
