//! The command line: built-in commands and the modules' own, one executable.

mod checkout;
pub mod command;
pub mod commands;
pub mod dbshell;
pub mod output;
pub mod setup;
pub mod shell;
pub mod slowqueries;
pub mod terminal;
pub mod usage;

use clap::Command as Clap;

pub use command::{Command, Context};

use crate::app::Program;

/// Every command: the built-in ones, the modules' and the program's.
#[must_use]
pub fn all(program: &Program) -> Vec<Command> {
    groups(program).into_iter().flat_map(|(_, commands)| commands).collect()
}

/// The same, by where they come from.
#[must_use]
pub fn groups(program: &Program) -> Vec<(&'static str, Vec<Command>)> {
    let mut groups = vec![("platform", commands::built_in())];
    groups.extend(program.modules.iter().map(|module| (module.name, (module.commands)())));
    groups.push(("program", (program.commands)()));
    groups.retain(|(_, commands)| !commands.is_empty());
    groups
}

/// The whole command line as clap sees it.
#[must_use]
pub fn command_line(program: &Program, commands: &[Command]) -> Clap {
    let mut line = Clap::new("manage")
        .about(program.name)
        .version(program.version)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .override_help(usage::overview(program));
    for command in commands {
        line = line.subcommand((command.arguments)(Clap::new(command.name).about(command.about)));
    }
    line
}

/// Parses the arguments, runs the command, and tells the exit code: 0 fine, 1 refused, 2 wrong usage.
#[must_use]
pub fn run(program: Program, arguments: Vec<std::ffi::OsString>) -> i32 {
    let commands = all(&program);
    let matches = match command_line(&program, &commands).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            match usage::unknown_command(&error) {
                Some(told) => output::refuse(told),
                None => {
                    let _nowhere_to_tell = error.print();
                }
            }
            return error.exit_code();
        }
    };
    let Some((name, matches)) = matches.subcommand() else { return 2 };
    let Some(command) = commands.iter().find(|command| command.name == name) else { return 2 };
    match setup::folder().and_then(|folder| (command.run)(&Context::new(program, folder), matches))
    {
        Ok(()) => 0,
        Err(error) => {
            output::refuse(setup::explain(&program, &error));
            1
        }
    }
}
