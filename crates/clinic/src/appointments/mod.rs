//! Appointments, their statuses and tickets: the heart of the clinic.

mod adoption;
mod http;
pub mod migrations;
pub mod model;
mod queries;
mod rules;
mod service;

#[cfg(test)]
pub(crate) mod tests;

use platform::module::{Module, Permission};

pub use queries::appointments::last_room;
pub use service::import::import;

/// The module's card.
pub const MODULE: Module = Module {
    tables: &[
        &model::APPOINTMENTS,
        &model::APPOINTMENT_STATUSES,
        &model::TICKETS,
        &model::TICKET_SERIES,
    ],
    migrations: migrations::ALL,
    routes: http::routes,
    guest_routes: &[("patients", http::of_patients)],
    permissions: &[
        Permission::new("appointments.view", "Ver citas", "See appointments"),
        Permission::new("appointments.add", "Reservar citas", "Book appointments"),
        Permission::new("appointments.change", "Modificar citas", "Change appointments"),
        Permission::new("appointments.delete", "Eliminar citas", "Delete appointments"),
        Permission::new("appointments.restore", "Recuperar citas", "Restore appointments"),
        Permission::new("appointments.cancel", "Cancelar citas", "Cancel appointments"),
        Permission::new(
            "appointments.backdate",
            "Registrar citas de días pasados",
            "Enter visits of past days",
        ),
        Permission::new(
            "appointments.charge",
            "Cobrar y anular tickets",
            "Charge and void tickets",
        ),
        Permission::new("tickets.view", "Ver tickets", "See tickets"),
        Permission::new("tickets.add", "Crear tickets", "Write tickets"),
        Permission::new("tickets.change", "Modificar tickets", "Change tickets"),
        Permission::new("tickets.delete", "Eliminar tickets", "Delete tickets"),
    ],
    after_migrate: Some(service::seeds::after_migrate),
    adoption: adoption::ADOPTION,
    after_adoption: Some(adoption::finish),
    ..Module::named("appointments", "Gestión de Citas y Estados", "Appointments")
};
