//! What is checked of the geography: that it is there.

use platform::checks::{Check, Found, Level, Look, Subject, Tag};
use platform::db::Conn;
use platform::error::Result;

use super::queries::ubigeo;

/// The module's checks.
pub const ALL: &[Check] =
    &[Check::new("locations.W001", Level::Warning, &[Tag::Data], Look::Rows(empty)).deploy()];

fn empty(conn: &mut Conn, _subject: &Subject<'_>) -> Result<Vec<Found>> {
    let is_empty = !ubigeo::is_loaded(conn)?;
    Ok(Found::when(is_empty, || {
        Found::new("The countries and Peru's regions, provinces and districts are not loaded: addresses cannot be chosen.")
            .hint("manage importubigeo")
            .about("districts")
    }))
}
