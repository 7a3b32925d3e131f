//! What is done with users.

pub mod codes;
pub mod letters;
mod passwords;
pub mod photos;
pub mod proofs;
mod users;

pub use passwords::{Kept, change_own_password};
pub use users::{NewUser, absent, add, change, change_password, create, remove, restore};
