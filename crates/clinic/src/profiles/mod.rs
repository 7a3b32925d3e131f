//! Users: who logs in.

mod checks;
pub mod migrations;
pub mod model;
mod queries;
mod service;

use platform::module::Module;

pub use model::UserId;
pub use queries::{credential, has_superuser, is_known, login_state, record_login};
pub use service::{NewUser, create as create_user};

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::USERS, &model::VERIFICATION_CODES],
    migrations: migrations::ALL,
    checks: checks::ALL,
    ..Module::named("profiles", "Perfiles", "Profiles")
};
