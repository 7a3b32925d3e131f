//! SQL on the users' table.

mod users;

pub use users::{
    Superuser, credential, has_superuser, is_known, login_state, record_login, superusers,
    with_example_address,
};
