//! SQL on roles, permissions and log-ins.

pub mod families;
pub mod roles;
