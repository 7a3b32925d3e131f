//! What is done with users.

mod users;

pub use users::{NewUser, create};
