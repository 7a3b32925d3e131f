//! SQL on therapists.

mod therapists;

pub use therapists::{Listed, document_numbers, find, list, picture};
