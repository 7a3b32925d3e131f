//! The clinic's catalogues, and patient histories.

pub mod migrations;
pub mod model;

use platform::module::Module;

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::DOCUMENT_TYPES, &model::PAYMENT_TYPES, &model::PAYMENT_STATUSES, &model::PREDETERMINED_PRICES, &model::HISTORIES],
    migrations: migrations::ALL,
    ..Module::named("configurations", "Configuraciones", "Configuration")
};
