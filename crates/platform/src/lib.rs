//! The engine room of the program: sockets, databases, accounts, commands. It knows no patient.

pub mod clock;
pub mod db;
pub mod error;
pub mod i18n;
pub mod types;

rust_i18n::i18n!("locales", fallback = "es");
