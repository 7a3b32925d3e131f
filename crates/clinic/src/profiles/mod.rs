//! Users: who logs in.

mod adoption;
mod checks;
mod http;
pub mod migrations;
pub mod model;
mod queries;
mod rules;
mod service;
#[cfg(test)]
mod tests;

use platform::http::Access;
use platform::media_folder;
use platform::module::Module;
use platform::storage::Folder;

pub use model::UserId;
pub use queries::{
    LoginField, credential, find_login, has_superuser, is_known, is_taken, login_state,
    record_login,
};
pub use service::{
    NewUser, absent as no_such_user, add as add_user, change as change_user, change_password,
    create as create_user, remove as remove_user, restore as restore_user,
};

/// Photos of users.
static PHOTOS: Folder = media_folder!("users/photos", Access::Authenticated);

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::USERS, &model::VERIFICATION_CODES],
    migrations: migrations::ALL,
    routes: http::routes,
    media: &[&PHOTOS],
    checks: checks::ALL,
    adoption: adoption::ADOPTION,
    ..Module::named("profiles", "Perfiles", "Profiles")
};
