//! What the database and Redis say of themselves, read once, so that judging it needs neither.

pub(super) mod database;
pub(super) mod redis;

pub use database::{DatabaseFacts, ServerFacts};
pub use redis::RedisFacts;
