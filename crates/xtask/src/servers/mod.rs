//! Throw-away servers for tests and benchmarks: each listens on a free port of 127.0.0.1, keeps its
//! data in a temporary folder, and is gone, with its data, when its value is dropped.
//!
//! They also end when this process is killed: a watchdog holds on to it (see `process`).

mod mariadb;
mod ports;
mod process;
mod redis;

pub use mariadb::{Durability, MariaDb};
pub use redis::Redis;
