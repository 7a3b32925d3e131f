//! What the database and Redis say of themselves, read once, so that judging it needs neither.

pub(in crate::checks) mod database;
pub(in crate::checks) mod redis;

pub use database::{DatabaseFacts, ServerFacts};
pub use redis::RedisFacts;
