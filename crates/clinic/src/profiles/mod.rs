//! Users: who logs in.

mod adoption;
mod checks;
pub mod migrations;
pub mod model;
mod queries;
mod service;

use platform::module::Module;

pub use model::UserId;
pub use queries::{
    LoginField, credential, find_login, has_superuser, is_known, is_taken, login_state,
    record_login,
};
pub use service::{NewUser, change_password, create as create_user};

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::USERS, &model::VERIFICATION_CODES],
    migrations: migrations::ALL,
    checks: checks::ALL,
    adoption: adoption::ADOPTION,
    ..Module::named("profiles", "Perfiles", "Profiles")
};
