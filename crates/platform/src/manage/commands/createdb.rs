//! `createdb`: the database, its user and the grants that DATABASE_URL asks for.

use clap::{Arg, ArgAction, ArgMatches};

use crate::config::Config;
use crate::db::server::{Place, create_database, create_user, grant_tests};
use crate::db::{DbError, Location};
use crate::error::{Error, Result};
use crate::manage::{Command, Context, output, terminal};

pub(super) const COMMAND: Command = Command {
    name: "createdb",
    about: "Print, or run with --apply, the statements that make the configured database and its user",
    arguments: |command| {
        command
            .arg(
                Arg::new("apply")
                    .long("apply")
                    .action(ArgAction::SetTrue)
                    .help("Run them; running them again changes nothing"),
            )
            .arg(
                Arg::new("admin-user")
                    .long("admin-user")
                    .value_name("NAME")
                    .default_value("root")
                    .help(
                        "Who runs them; the password is asked for, or comes from DATABASE_ADMIN_PASSWORD",
                    ),
            )
            .arg(Arg::new("user-host").long("user-host").value_name("HOST").help(
                "From where the user may connect; localhost for a server on this machine, else % (anywhere)",
            ))
            .arg(
                Arg::new("with-tests")
                    .long("with-tests")
                    .action(ArgAction::SetTrue)
                    .help("Let the user also make throw-away databases for `manage test`"),
            )
            .arg(
                Arg::new("show-password")
                    .long("show-password")
                    .action(ArgAction::SetTrue)
                    .help("Print the user's password too, so that the statements can be pasted"),
            )
    },
    run,
};

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let config = context.config()?;
    let Location::Server(url) = &config.database.location else {
        output::line(format!(
            "Nothing to do: {} is embedded, and `manage migrate` makes the file. For a server, set DATABASE_URL.",
            config.database.described()
        ));
        return Ok(());
    };
    let place = Place::of(url)?;
    let admin = matches.get_one::<String>("admin-user").map_or("root", String::as_str);
    let is_applied = matches.get_flag("apply");
    let admin_password =
        if is_applied { admin_password(&config, &place, admin)? } else { String::new() };
    let host = match matches.get_one::<String>("user-host") {
        Some(host) => host,
        None if !place.is_local() => "%",
        None if is_applied => place.own_name(admin, &admin_password)?,
        None => "localhost",
    };
    let statements = |password: &str| {
        let mut all = vec![create_database(place.database())];
        // The administrator's own account is there, and may everything.
        if place.user() != admin {
            all.extend(create_user(place.user(), host, password, place.database()));
            if matches.get_flag("with-tests") {
                all.push(grant_tests(place.user(), host, place.database()));
            }
        }
        all
    };
    let shown = if matches.get_flag("show-password") { place.password() } else { "********" };
    for statement in statements(shown) {
        output::line(format!("{statement};"));
    }
    if !is_applied {
        return Ok(());
    }
    place.run_as(admin, &admin_password, &statements(place.password()))?;
    place.log_in().map_err(|error| cannot_log_in(&place, host, error))?;
    output::line(format!("OK: {} can log in. Next: manage migrate", config.database.described()));
    Ok(())
}

fn admin_password(config: &Config, place: &Place, admin: &str) -> Result<String> {
    if let Some(password) = &config.operator.database_admin_password {
        return Ok(password.reveal().to_owned());
    }
    if place.user() == admin {
        return Ok(place.password().to_owned());
    }
    if !terminal::is_interactive() {
        return Err(Error::Failed(format!(
            "the password of {admin} is asked for on a terminal, and this is none: set DATABASE_ADMIN_PASSWORD (it \
             may be empty)"
        )));
    }
    terminal::ask_hidden(&format!("Password of {admin} on {}: ", place.address()))
}

/// The statements ran, and yet the door stays shut: a user of that name was there before, or comes from elsewhere.
fn cannot_log_in(place: &Place, host: &str, error: DbError) -> Error {
    Error::Failed(format!(
        "the database is there, but {} cannot log in ({error}). If the user existed before with another password, \
         give it the one of DATABASE_URL (ALTER USER … IDENTIFIED BY …); if the server sees this machine under \
         another name than {host}, say --user-host",
        place.user()
    ))
}
