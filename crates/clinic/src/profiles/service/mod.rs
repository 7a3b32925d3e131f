//! What is done with users.

mod passwords;
mod users;

pub use passwords::{Kept, change_own_password};
pub use users::{NewUser, absent, add, change, change_password, create, remove, restore};
