//! What operator commands need when nobody is there to be asked. Passwords belong here, never on a command line,
//! where every user of the machine could read them.

use super::auth::Secret;
use super::source::{Setting, Source};

const SUPERUSER_EMAIL: Setting = Setting::new(
    "DJANGO_SUPERUSER_EMAIL",
    "",
    "admin@clinic.example",
    "`createsuperuser --noinput`: e-mail.",
);
const SUPERUSER_USER_NAME: Setting = Setting::new(
    "DJANGO_SUPERUSER_USER_NAME",
    "",
    "admin",
    "`createsuperuser --noinput`: user name (DJANGO_SUPERUSER_USERNAME is read too).",
);
const SUPERUSER_USERNAME: Setting = Setting::new(
    "DJANGO_SUPERUSER_USERNAME",
    "",
    "admin",
    "The same as DJANGO_SUPERUSER_USER_NAME, which wins.",
);
const SUPERUSER_DOCUMENT: Setting = Setting::new(
    "DJANGO_SUPERUSER_DOCUMENT_NUMBER",
    "",
    "45678901",
    "`createsuperuser --noinput`: document number.",
);
const SUPERUSER_PASSWORD: Setting = Setting::secret(
    "DJANGO_SUPERUSER_PASSWORD",
    "tres tristes tigres",
    "`createsuperuser --noinput`: password.",
);
const ADMIN_PASSWORD: Setting = Setting::secret(
    "DATABASE_ADMIN_PASSWORD",
    "s3cret",
    "`createdb --apply`: password of the database server's administrator; may be given empty.",
);

pub(super) const SETTINGS: &[Setting] = &[
    SUPERUSER_EMAIL,
    SUPERUSER_USER_NAME,
    SUPERUSER_USERNAME,
    SUPERUSER_DOCUMENT,
    SUPERUSER_PASSWORD,
    ADMIN_PASSWORD,
];

/// Answers given beforehand.
#[derive(Clone, Debug)]
pub struct Operator {
    /// E-mail of a superuser to be made.
    pub superuser_email: Option<String>,
    /// User name of a superuser to be made.
    pub superuser_user_name: Option<String>,
    /// Document number of a superuser to be made.
    pub superuser_document_number: Option<String>,
    /// Password of a superuser to be made.
    pub superuser_password: Option<Secret>,
    /// Password of the database server's administrator; given empty is given.
    pub database_admin_password: Option<Secret>,
}

impl Operator {
    pub(super) fn read(source: &Source) -> Self {
        let text = |setting| source.given(setting).map(str::to_owned);
        // A password may begin or end in a blank.
        let secret = |setting| source.as_is(setting).map(|value| Secret::new(value.to_owned()));
        Self {
            superuser_email: text(&SUPERUSER_EMAIL),
            superuser_user_name: text(&SUPERUSER_USER_NAME).or_else(|| text(&SUPERUSER_USERNAME)),
            superuser_document_number: text(&SUPERUSER_DOCUMENT),
            superuser_password: secret(&SUPERUSER_PASSWORD)
                .filter(|password| !password.reveal().is_empty()),
            database_admin_password: secret(&ADMIN_PASSWORD),
        }
    }
}
