//! What is done with users.

mod users;

pub use users::{NewUser, change_password, create};
