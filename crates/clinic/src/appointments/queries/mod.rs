//! SQL on appointments, their statuses and tickets.

pub mod appointments;
pub mod calendar;
pub mod statuses;
pub mod tickets;
