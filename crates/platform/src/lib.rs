//! The engine room of the program. It knows sockets, databases, accounts and commands; it knows no patient.
//!
//! - `config`: read once, at the edge, into typed sections.
//! - `db`: one face for SQLite and MySQL: reads, transactions, table descriptions, migrations.
//! - `auth`: passwords, tokens, sessions, identities.
//! - `http`: routes, bodies, queries, pages, errors; `http::errors` is the only place that knows status codes.
//! - `manage`: the command line.
//! - `machine`: disks, memory, file modes, ports.
//! - `doctor`, `status`: what the operator asks of a machine and of a running installation.
//! - `fixtures`: whole tables out of the database and into it.
//! - `acceptance`: the program proves itself on a throw-away database.
//! - `static_files`: embedded files out to a folder.
//! - `storage`: uploaded files and pictures.
//! - `cache`: counters that expire.
//! - `checks`: what may be wrong with an installation.
//! - `backup`: the whole installation in one file, and back.
//! - `log`: lines on the console and in files.
//! - `types`, `error`, `i18n`, `clock`: words every module speaks.
//! - `module`, `app`: the card a module fills in, and the running program.

pub mod acceptance;
pub mod app;
pub mod auth;
pub mod backup;
pub mod cache;
pub mod checks;
pub mod clock;
pub mod config;
pub mod db;
pub mod doctor;
pub mod error;
pub mod fixtures;
pub mod http;
pub mod i18n;
pub mod later;
pub mod log;
pub mod machine;
pub mod mail;
pub mod manage;
pub mod module;
pub mod static_files;
pub mod status;
pub mod storage;
pub mod types;

rust_i18n::i18n!("locales", fallback = "es");
