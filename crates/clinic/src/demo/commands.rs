//! `seeddemo`: fills the database with a made-up clinic.

use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use indicatif::{ProgressBar, ProgressStyle};
use platform::app::App;
use platform::error::{Kind, Refusal, Result};
use platform::i18n::Text;
use platform::manage::{Command, Context, output};

use super::{Made, Plan, run as make};

/// All of them.
pub fn all() -> Vec<Command> {
    vec![Command {
        name: "seeddemo",
        about: "Add a made-up clinic: therapists, patients, appointments with tickets, a user per role",
        arguments: |command| {
            command
                .arg(
                    number("patients", "200").value_parser(value_parser!(u32).range(1..=5_000_000)),
                )
                .arg(number("appointments", "2000").value_parser(value_parser!(u32)))
                .arg(
                    number("therapists", "50")
                        .value_parser(value_parser!(u32).range(1..=10_000))
                        .help("Each has a room of their own"),
                )
                .arg(
                    number("seed", "1")
                        .value_parser(value_parser!(u64))
                        .help("The same seed makes the same people and visits on the same day"),
                )
                .arg(Arg::new("yes").long("yes").action(ArgAction::SetTrue).help(
                    "Needed where DEBUG is off: made-up people cannot be told from real ones later",
                ))
        },
        run,
    }]
}

fn number(name: &'static str, default: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("NUMBER").default_value(default)
}

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    if !context.config()?.debug && !matches.get_flag("yes") {
        return Err(
            Refusal::new(Kind::Forbidden, "production", Text::key("demo.production")).into()
        );
    }
    let count = |name: &str| matches.get_one::<u32>(name).copied().unwrap_or(0);
    let plan = Plan {
        patients: count("patients"),
        appointments: count("appointments"),
        therapists: count("therapists"),
        seed: matches.get_one::<u64>("seed").copied().unwrap_or(0),
    };
    let app = context.migrated_app()?;
    let bar = bar(plan);
    let made = make(&app, &plan, &mut |count| bar.inc(u64::try_from(count).unwrap_or(0)));
    bar.finish_and_clear();
    say(&app, &made?);
    Ok(())
}

/// Draws itself on a terminal only.
fn bar(plan: Plan) -> ProgressBar {
    let bar = ProgressBar::new(u64::from(plan.patients) + u64::from(plan.appointments));
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn say(app: &App, made: &Made) {
    let mut lines = vec![
        Text::key("demo.made")
            .with("therapists", made.therapists)
            .with("patients", made.patients)
            .with("histories", made.histories)
            .with("appointments", made.appointments),
    ];
    lines.extend(made.users.iter().map(|email| Text::key("demo.user").with("email", email)));
    if !made.users.is_empty() {
        lines.push(Text::key("demo.password").with("password", &made.password));
    }
    for text in lines {
        output::line(text.speak(app.program().texts, app.config().language));
    }
}
