//! Name and logo. Of a logo that is replaced or goes, the file goes too, once that is durable.

use std::path::Path;

use platform::db::{Changes, Tx, Value};
use platform::error::{Error, Kind, Refusal, Result};
use platform::i18n::Text;
use platform::storage;

use crate::company::LOGOS;
use crate::company::model::COMPANIES;
use crate::company::queries::companies as queries;

/// What becomes of a logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Logo {
    /// It stays.
    Stays,
    /// It goes.
    Goes,
    /// It is this file now.
    Is(String),
}

/// Adds a company and returns its id.
pub fn create(tx: &mut Tx<'_>, changes: &Changes, logo: &Logo) -> Result<i64> {
    let mut row = changes.clone();
    if let Logo::Is(file) = logo {
        row.set("company_logo", file.as_str());
    }
    tx.insert(&COMPANIES, row)
}

/// Changes a company's data.
pub fn change(
    tx: &mut Tx<'_>,
    id: i64,
    changes: &Changes,
    logo: &Logo,
    uploads: &Path,
) -> Result<()> {
    let before = queries::logo(tx, id)?.ok_or_else(absent)?;
    let mut changes = changes.clone();
    match logo {
        Logo::Stays => {}
        Logo::Goes => changes.set("company_logo", Value::Null),
        Logo::Is(file) => changes.set("company_logo", file.as_str()),
    }
    tx.update(&COMPANIES, id, changes)?;
    if *logo != Logo::Stays {
        storage::remove_after_commit(tx, uploads, &LOGOS, &before);
    }
    Ok(())
}

/// Gives a company its first logo.
pub fn add_logo(tx: &mut Tx<'_>, id: i64, logo: &Logo, uploads: &Path) -> Result<()> {
    let before = queries::logo(tx, id)?.ok_or_else(absent)?;
    if !before.is_empty() {
        let text = Text::key("company.has_logo");
        return Err(Refusal::new(Kind::Invalid, "has_logo", text).into());
    }
    change(tx, id, &Changes::new(), logo, uploads)
}

/// Removes a company for good.
pub fn remove(tx: &mut Tx<'_>, id: i64, uploads: &Path) -> Result<()> {
    let logo = queries::logo(tx, id)?.ok_or_else(absent)?;
    tx.delete(&COMPANIES, id)?;
    storage::remove_after_commit(tx, uploads, &LOGOS, &logo);
    Ok(())
}

/// There is no such company.
pub fn absent() -> Error {
    // Existing clients of two of the routes read `status`.
    Refusal::not_found("company.not_found").with("status", "error").into()
}
