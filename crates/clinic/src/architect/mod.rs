//! Log-in, roles and permissions: who may come in, and what they may do.

mod accounts;
mod adoption;
mod commands;
mod http;
pub mod migrations;
pub mod model;
mod queries;
mod rules;
mod service;
#[cfg(test)]
mod tests;

use platform::module::{Module, Permission};

pub use accounts::ClinicAccounts;
pub use service::roles::{built_in_roles, grant};

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[
        &model::PERMISSIONS,
        &model::ROLES,
        &model::ROLE_PERMISSIONS,
        &model::USER_ROLES,
        &model::TOKEN_FAMILIES,
    ],
    migrations: migrations::ALL,
    routes: http::routes,
    commands: commands::all,
    permissions: &[
        Permission::new("users.manage", "Administrar usuarios", "Manage users"),
        Permission::new("roles.manage", "Administrar roles", "Manage roles"),
        Permission::new("audit.view", "Ver el historial de cambios", "See the change history"),
    ],
    after_migrate: Some(service::seeds::after_migrate),
    adoption: adoption::ADOPTION,
    after_adoption: Some(adoption::finish),
    ..Module::named("architect", "Accesos", "Access")
};
