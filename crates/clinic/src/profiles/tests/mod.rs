//! Tests of accounts and profiles, one file per endpoint.

mod builders;
mod change_email;
mod delete_me;
mod find_people;
mod password_change;
mod password_rules;
mod photo;
mod profile;
mod reset_password;
mod show_me;
mod update_me;
mod verify_email;
