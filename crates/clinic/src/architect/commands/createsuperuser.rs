//! `createsuperuser`: an account that may everything, by questions or by values given beforehand.

use clap::{Arg, ArgAction, ArgMatches};
use platform::app::{App, NewAdministrator};
use platform::auth::password;
use platform::error::{Error, Result};
use platform::http::fields::is_email;
use platform::manage::{Command, Context, output, terminal};

use super::{Typed, gave_up, type_twice, weakness_of};
use crate::profiles::model::USERS;
use crate::profiles::{self, LoginField};

/// How often a question is put again.
const TRIES: usize = 5;

/// A value of the account: where it is kept, its option and how it is asked for.
struct Wanted {
    field: LoginField,
    option: &'static str,
    question: &'static str,
}

const WANTED: [Wanted; 3] = [
    Wanted { field: LoginField::UserName, option: "user-name", question: "User name" },
    Wanted { field: LoginField::Email, option: "email", question: "Email" },
    Wanted {
        field: LoginField::DocumentNumber,
        option: "document-number",
        question: "Document number",
    },
];

pub(super) fn command() -> Command {
    Command {
        name: "createsuperuser",
        about: "Create an account that may do everything",
        arguments: |command| {
            command
                .arg(Arg::new("email").long("email").value_name("EMAIL").help("Its e-mail"))
                .arg(
                    Arg::new("user-name")
                        .long("user-name")
                        .aliases(["username", "user_name"])
                        .value_name("NAME")
                        .help("Its user name (--username means the same)"),
                )
                .arg(
                    Arg::new("document-number")
                        .long("document-number")
                        .alias("document_number")
                        .value_name("NUMBER")
                        .help("Its document number"),
                )
                .arg(
                    Arg::new("noinput")
                        .long("noinput")
                        .alias("no-input")
                        .action(ArgAction::SetTrue)
                        .help(
                            "Ask nothing: values come from the options or from DJANGO_SUPERUSER_EMAIL, _USER_NAME, \
                             _DOCUMENT_NUMBER and _PASSWORD",
                        ),
                )
        },
        run,
    }
}

fn run(context: &Context, matches: &ArgMatches) -> Result<()> {
    let asks = !matches.get_flag("noinput");
    if asks && !terminal::is_interactive() {
        return Err(Error::Failed(
            "Superuser creation skipped due to not running in a TTY. Run `manage createsuperuser` on a terminal, or \
             with --noinput and the DJANGO_SUPERUSER_… variables."
                .into(),
        ));
    }
    let app = context.migrated_app()?;
    let [user_name, email, document_number] =
        if asks { ask_values(&app, matches)? } else { given_values(&app, matches)? };
    let typed = if asks { Some(ask_password(&app)?) } else { given_password(&app)? };
    let password_hash = match &typed {
        Some(typed) => password::hash(typed)?,
        // No password verifies against this: the account waits for `changepassword`.
        None => "!".to_owned(),
    };
    let create = app.program().create_administrator;
    let new = NewAdministrator { email, user_name, document_number, password_hash };
    app.write_blocking("createsuperuser", false, move |tx| create(tx, &new))?;
    output::line("Superuser created successfully.");
    if typed.is_none() {
        output::line("It has no password yet: set one with `manage changepassword`.");
    }
    Ok(())
}

fn option<'m>(matches: &'m ArgMatches, wanted: &Wanted) -> Option<&'m str> {
    matches.get_one::<String>(wanted.option).map(|value| value.trim())
}

fn given_values(app: &App, matches: &ArgMatches) -> Result<[String; 3]> {
    let mut problems = Vec::new();
    let values = WANTED.map(|wanted| {
        let operator = &app.config().operator;
        let kept = match wanted.field {
            LoginField::UserName => operator.superuser_user_name.as_deref(),
            LoginField::Email => operator.superuser_email.as_deref(),
            LoginField::DocumentNumber => operator.superuser_document_number.as_deref(),
        };
        let value = option(matches, &wanted).or(kept).unwrap_or_default().to_owned();
        if value.is_empty() {
            let variable = wanted.option.to_uppercase().replace('-', "_");
            problems.push(Ok(format!(
                "You must use --{} with --noinput, or DJANGO_SUPERUSER_{variable}.",
                wanted.option
            )));
        } else {
            let complaint = complaint(app, &wanted, &value).transpose();
            let named = |text| format!("{}: {text}", wanted.field.column());
            problems.extend(complaint.map(|complaint| complaint.map(named)));
        }
        value
    });
    let problems = problems.into_iter().collect::<Result<Vec<String>>>()?;
    if problems.is_empty() { Ok(values) } else { Err(Error::Failed(problems.join("\n"))) }
}

/// The password given beforehand; nobody is there to say yes to a weak one.
fn given_password(app: &App) -> Result<Option<String>> {
    let Some(given) = &app.config().operator.superuser_password else { return Ok(None) };
    match weakness_of(app, given.reveal()) {
        Some(reason) => Err(Error::Failed(format!(
            "DJANGO_SUPERUSER_PASSWORD: {reason} Choose another one; a weak one is only taken on a terminal, where \
             somebody says yes to it."
        ))),
        None => Ok(Some(given.reveal().to_owned())),
    }
}

fn ask_values(app: &App, matches: &ArgMatches) -> Result<[String; 3]> {
    let mut values: [String; 3] = Default::default();
    for (wanted, value) in WANTED.iter().zip(&mut values) {
        *value = ask_value(app, wanted, option(matches, wanted))?;
    }
    Ok(values)
}

/// The option's value if it may be used, else the answer that may.
fn ask_value(app: &App, wanted: &Wanted, given: Option<&str>) -> Result<String> {
    let mut next = given.map(str::to_owned);
    for _ in 0..TRIES {
        let value = match next.take() {
            Some(value) => value,
            None => terminal::ask(&format!("{}: ", wanted.question))?,
        };
        let complaint = if value.is_empty() {
            Some("This field cannot be blank.".to_owned())
        } else {
            complaint(app, wanted, &value)?
        };
        match complaint {
            Some(complaint) => output::refuse(format!("Error: {complaint}")),
            None => return Ok(value),
        }
    }
    Err(gave_up("the creation of the superuser", TRIES))
}

fn ask_password(app: &App) -> Result<String> {
    for _ in 0..TRIES {
        match type_twice(app)? {
            Typed::Password(password) => return Ok(password),
            Typed::Mistaken => {}
            Typed::Weak(password, reason) => {
                output::refuse(reason);
                let is_sure = password.len() <= password::MAX_LENGTH
                    && terminal::is_yes(
                        "Bypass password validation and create user anyway? [y/N]: ",
                    )?;
                if is_sure {
                    return Ok(password);
                }
            }
        }
    }
    Err(gave_up("the creation of the superuser", TRIES))
}

/// What is wrong with a value, if anything is.
fn complaint(app: &App, wanted: &Wanted, value: &str) -> Result<Option<String>> {
    let column = wanted.field.column();
    let longest = USERS.column(column).map_or(0, |column| match column.kind {
        platform::db::Kind::Text(max) => usize::from(max),
        _ => 0,
    });
    if value.chars().count() > longest {
        return Ok(Some(format!("It may have at most {longest} characters.")));
    }
    if value.chars().any(char::is_control) {
        return Ok(Some("It holds a character that is not allowed.".into()));
    }
    if wanted.field == LoginField::Email && !is_email(value) {
        return Ok(Some("Enter a valid email address.".into()));
    }
    let (field, wanted_value) = (wanted.field, value.to_owned());
    let is_taken =
        app.db().read_blocking(move |conn| Ok(profiles::is_taken(conn, field, &wanted_value)?))?;
    Ok(is_taken.then(|| format!("That {} is already taken.", wanted.question.to_lowercase())))
}
