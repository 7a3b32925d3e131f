//! SQL on therapists.

mod therapists;

pub use therapists::{Listed, find, list};
