//! Appointments, their statuses and tickets.

pub mod migrations;
pub mod model;

use platform::module::Module;

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[&model::APPOINTMENTS, &model::APPOINTMENT_STATUSES, &model::TICKETS, &model::TICKET_SERIES],
    migrations: migrations::ALL,
    ..Module::named("appointments", "Gestión de Citas y Estados", "Appointments")
};
