//! What is done with users.

mod users;

pub use users::{NewUser, absent, add, change, change_password, create, remove, restore};
