//! Tests of accounts and profiles, one file per endpoint.

mod builders;
mod delete_me;
mod find_people;
mod password_change;
mod password_rules;
mod profile;
mod show_me;
mod update_me;
