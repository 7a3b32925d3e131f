//! The clinic's catalogues, and patient histories.

mod http;
pub mod migrations;
pub mod model;
mod queries;
mod rules;
mod service;

use platform::module::Module;

pub use http::bodies::DocumentTypeView;
pub use queries::{DOCUMENT_TYPE_COLUMNS, DOCUMENT_TYPE_JOIN};
pub use service::document_complaint;

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
    ..Module::named("configurations", "Configuraciones", "Configuration")
};
