//! SQL on users with their roles, on roles, permissions and log-ins.

pub mod adoption;
pub mod families;
pub mod roles;
pub mod users;
