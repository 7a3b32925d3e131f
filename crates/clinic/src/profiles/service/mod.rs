//! What is done with users.

pub mod photos;
mod users;

pub use users::{NewUser, change_password, create};
