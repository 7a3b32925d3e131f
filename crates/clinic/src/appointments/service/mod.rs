//! What the reception does with appointments and tickets.

pub mod booking;
pub mod import;
pub mod seeds;
pub mod statuses;
pub mod tickets;
