//! SQL on the users' table.

mod users;

pub use users::{
    LoginField, Superuser, credential, epoch, find_login, has_superuser, is_known, is_taken,
    login_state, photo, record_login, superusers, with_example_address,
};
