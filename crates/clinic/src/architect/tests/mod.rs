//! Tests of users, roles and permissions, one file per endpoint. Log-in has its own file beside the modules.

mod builders;
mod change_user;
mod create_user;
mod delete_user;
mod list_users;
mod permissions;
mod roles;
mod user_roles;
