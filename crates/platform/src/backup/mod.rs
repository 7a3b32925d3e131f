//! The whole installation in one dated, compressed file, and back: every table and the uploads, the same from and to
//! either engine.
//!
//! - `tables`: what the database consists of, by the states that its applied migrations recorded.
//! - `rows`: a row as a line of JSON, and back.
//! - `manifest`: what is in the file; it stands at its end.
//! - `archive`: the file: written with hashes, read with suspicion.
//! - `uploads`: the folder of uploaded files.
//! - `make`: takes a backup. `restore`: puts one into an empty place.
//! - `folder`: names, and which older ones go.

mod archive;
pub mod folder;
mod make;
mod manifest;
pub mod restore;
mod rows;
mod tables;
#[cfg(test)]
mod tests;
mod uploads;

use sha2::{Digest, Sha256};

pub use archive::{Checked, check};
pub use make::{Options, Summary, make};
pub use manifest::Manifest;

/// Tables that stay behind: whoever was signed in signs in again.
const LEFT_OUT: &[&str] = &["sessions"];

fn hex(digest: impl AsRef<[u8]>) -> String {
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sha256(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes))
}
