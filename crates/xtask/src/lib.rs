//! What the developer's commands share with the benchmark: throw-away database and cache servers, and
//! the programs they need.
//!
//! Nothing here prints or knows the clinic. The commands themselves (`cargo xtask …`) live in the
//! executable of this crate. Only the standard library is used for all of it, because everybody
//! compiles this crate before anything else.

mod error;
pub mod provision;
pub mod servers;

pub use error::{Error, Result};
