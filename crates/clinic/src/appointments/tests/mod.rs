//! Tests of appointments, statuses and tickets, one file per endpoint.

pub(crate) mod builders;
mod calendar;
mod cancel_appointment;
mod change_appointment;
mod check_availability;
mod create_appointment;
mod list_appointments;
mod list_of_patient;
mod rules;
mod statuses;
mod tickets;
