//! The clinic's catalogues, and patient histories.

mod adoption;
mod catalogue;
mod http;
pub mod migrations;
pub mod model;
mod queries;
mod rules;
mod service;

use platform::module::{Module, Permission};

pub use http::bodies::DocumentTypeView;
pub use queries::{DOCUMENT_TYPE_COLUMNS, DOCUMENT_TYPE_JOIN};
pub use service::{
    document_complaint, document_types, import_histories, payment_statuses, payment_types,
};

#[cfg(test)]
pub(crate) mod tests;

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[
        &model::DOCUMENT_TYPES,
        &model::PAYMENT_TYPES,
        &model::PAYMENT_STATUSES,
        &model::PREDETERMINED_PRICES,
        &model::HISTORIES,
    ],
    migrations: migrations::ALL,
    routes: http::routes,
    permissions: &[
        Permission::new("configurations.view", "Ver configuraciones", "See configurations"),
        Permission::new(
            "configurations.manage",
            "Administrar configuraciones",
            "Manage configurations",
        ),
    ],
    after_migrate: Some(service::seeds::after_migrate),
    adoption: adoption::ADOPTION,
    ..Module::named("configurations", "Configuraciones", "Configuration")
};
