//! `changepassword`: a new password for an account; whoever is logged in with the old one is out.

use clap::{Arg, ArgMatches};
use platform::auth::password;
use platform::error::{Error, Result};
use platform::manage::{Command, Context, output, terminal};

use super::{Typed, gave_up, type_twice};
use crate::profiles;

const TRIES: usize = 3;

pub(super) fn command() -> Command {
    Command {
        name: "changepassword",
        about: "Give an account a new password; its sessions and tokens end",
        arguments: |command| {
            command.arg(
                Arg::new("user")
                    .value_name("USER")
                    .help("E-mail or user name; asked for if it is not given"),
            )
        },
        run,
    }
}

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    if !terminal::is_interactive() {
        return Err(Error::Failed(
            "The password is asked for on a terminal, and this is none. In a container: `docker compose exec web \
             manage changepassword USER`."
                .into(),
        ));
    }
    let app = context.migrated_app()?;
    let login = match matches.get_one::<String>("user") {
        Some(login) => login.trim().to_owned(),
        None => terminal::ask("Email or user name: ")?,
    };
    let asked = login.clone();
    let found = app.db().read_blocking(move |conn| Ok(profiles::find_login(conn, &asked)?))?;
    let Some((user_id, user_name)) = found else {
        return Err(Error::Failed(format!("user '{login}' does not exist")));
    };
    output::line(format!("Changing password for user '{user_name}'"));
    for _ in 0..TRIES {
        match type_twice(&app)? {
            Typed::Password(typed) => {
                let hash = password::hash(&typed)?;
                app.write_blocking("changepassword", false, move |tx| {
                    profiles::change_password(tx, user_id, &hash)
                })?;
                output::line(format!("Password changed successfully for user '{user_name}'"));
                return Ok(());
            }
            Typed::Weak(_, reason) => output::refuse(reason),
            Typed::Mistaken => {}
        }
    }
    Err(gave_up(&format!("password change for user '{user_name}'"), TRIES))
}
