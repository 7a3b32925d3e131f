//! What the command line says of itself: the overview by origin, and what to do about a command there is not.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::app::Program;

/// Every command with a line of help, under the name of where it comes from.
#[must_use]
pub fn overview(program: &Program) -> String {
    let groups = super::groups(program);
    let names = groups.iter().flat_map(|(_, commands)| commands).map(|command| command.name.len());
    let width = names.max().unwrap_or(0);
    let mut text = format!(
        "{} {}\n\nType 'manage help <subcommand>' for help on a specific subcommand.\n\nAvailable subcommands:\n",
        program.name, program.version
    );
    for (origin, mut commands) in groups {
        commands.sort_by_key(|command| command.name);
        text.push_str(&format!("\n[{origin}]\n"));
        for command in commands {
            text.push_str(&format!("    {:width$}  {}\n", command.name, command.about));
        }
    }
    text
}

/// The sentence about a command that there is not, if that is what the error is.
#[must_use]
pub fn unknown_command(error: &clap::Error) -> Option<String> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let suggestion = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(names)) => names.last().cloned(),
        Some(ContextValue::String(name)) => Some(name.clone()),
        _ => None,
    };
    Some(unknown(name, suggestion.as_deref()))
}

/// The same for a name that was asked about.
#[must_use]
pub fn unknown(name: &str, suggestion: Option<&str>) -> String {
    let hint = suggestion.map_or_else(String::new, |other| format!(" Did you mean {other}?"));
    format!("Unknown command: '{name}'.{hint}\nType 'manage help' for usage.")
}
