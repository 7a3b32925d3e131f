//! The therapy clinic: people, appointments, tickets and money, in eight modules of the same shape.
//!
//! Here is THE LIST. A later module may use an earlier one (only what its `mod.rs` offers), never the other way round.

pub mod appointments;
pub mod architect;
pub mod company;
pub mod configurations;
pub mod locations;
pub mod patients;
pub mod profiles;
pub mod therapists;

/// Not modules: what the program proves of itself, and a command that writes through all modules.
pub mod acceptance;
pub mod demo;

use platform::app::{NewAdministrator, Program};
use platform::db::Tx;
use platform::db::migrate::adopt::Predecessor;
use platform::error::Result;
use platform::i18n::Texts;
use platform::module::Module;

#[cfg(test)]
mod tests;

rust_i18n::i18n!("locales", fallback = "es");

/// The modules, in dependency order.
pub const MODULES: &[Module] = &[
    locations::MODULE,
    configurations::MODULE,
    profiles::MODULE,
    architect::MODULE,
    patients::MODULE,
    therapists::MODULE,
    appointments::MODULE,
    company::MODULE,
];

/// The Django program that this one replaces. What the modules take from its tables stands on their cards.
pub static DJANGO: Predecessor = Predecessor {
    name: "Django",
    aside: &[
        "django_*",
        "auth_*",
        "authtoken_*",
        "guardian_*",
        "users_groups",
        "users_user_permissions",
        "user_verification_codes",
        "architects",
    ],
};

/// The clinic, ready for the engine room.
pub const PROGRAM: Program = Program {
    predecessor: Some(&DJANGO),
    name: "Backend-Optimizacion",
    version: env!("CARGO_PKG_VERSION"),
    commit: option_env!("BUILD_COMMIT"),
    modules: MODULES,
    commands: demo::commands,
    texts: Texts::of_program(|lang, key| _rust_i18n_try_translate(lang, key)),
    accounts: || Box::new(architect::ClinicAccounts),
    create_administrator,
    load_catalogues,
    acceptance: acceptance::scenarios,
};

fn create_administrator(tx: &mut Tx<'_>, new: &NewAdministrator) -> Result<i64> {
    let user = profiles::NewUser {
        email: new.email.clone(),
        user_name: new.user_name.clone(),
        document_number: Some(new.document_number.clone()).filter(|number| !number.is_empty()),
        password_hash: new.password_hash.clone(),
        is_superuser: true,
        ..profiles::NewUser::default()
    };
    profiles::create_user(tx, &user)
}

fn load_catalogues(tx: &mut Tx<'_>) -> Result<()> {
    locations::import_embedded(tx)
}
