//! SQL on the users' table.

pub mod codes;
pub mod profiles;
mod users;

pub use users::{
    LoginField, Superuser, credential, epoch, find_login, has_other_superuser, has_superuser,
    is_anothers, is_known, is_taken, login_state, photo, record_login, superusers,
    with_example_address,
};
