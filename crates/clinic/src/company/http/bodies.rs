//! JSON of companies.

use platform::db::{DbResult, Row};
use platform::http::Field;
use platform::types::time::WireMoment;
use serde::Serialize;
use utoipa::ToSchema;

use crate::company::LOGOS;

/// Fields that are no file.
pub const FIELDS: &[Field] = &[Field::new("company_name").required()];

/// A company.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyView {
    /// Id.
    pub id: i64,
    /// Name.
    pub company_name: String,
    /// Whole address of its logo.
    pub company_logo: Option<String>,
    /// The same.
    pub logo_url: Option<String>,
    /// Whether it has one.
    pub has_logo: bool,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// Why the logo sent was not taken; absent if there is nothing to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
}

impl CompanyView {
    /// Reads a row of `queries::companies`; `base` is scheme and host.
    pub fn read(row: &Row<'_>, base: &str) -> DbResult<Self> {
        let (id, company_name) = (row.get("id")?, row.get("company_name")?);
        let stored: Option<&str> = row.get("company_logo")?;
        let logo = stored.filter(|logo| !logo.is_empty());
        let logo = logo.map(|logo| LOGOS.whole_address(base, logo));
        Ok(Self {
            id,
            company_name,
            has_logo: logo.is_some(),
            logo_url: logo.clone(),
            company_logo: logo,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            warning: None,
        })
    }
}

/// What existing clients read around company data.
#[derive(Debug, Serialize)]
pub struct Success<T> {
    status: &'static str,
    data: T,
}

impl<T> Success<T> {
    /// Around this.
    pub fn of(data: T) -> Self {
        Self { status: "success", data }
    }
}

/// A company was deleted.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeletedView {
    /// `success`.
    pub status: &'static str,
    /// A sentence.
    pub message: String,
}
