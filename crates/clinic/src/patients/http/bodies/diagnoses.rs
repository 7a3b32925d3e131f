//! JSON of diagnoses.

use platform::db::{DbResult, Row};
use platform::http::Field;
use platform::types::time::WireMoment;
use serde::Serialize;
use utoipa::ToSchema;

/// Fields of a diagnosis.
pub const DIAGNOSIS_FIELDS: &[Field] =
    &[Field::new("code").required(), Field::new("name").required()];

/// A diagnosis of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosisView<'r> {
    /// Id.
    pub id: i64,
    /// Code.
    pub code: &'r str,
    /// Name.
    pub name: &'r str,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

impl<'r> DiagnosisView<'r> {
    /// Reads a row of `queries::diagnoses`, also where it is joined to another.
    pub fn read(row: &Row<'r>) -> DbResult<Self> {
        Ok(Self {
            id: row.get("dg_id")?,
            code: row.get("dg_code")?,
            name: row.get("dg_name")?,
            created_at: row.get("dg_created_at")?,
            updated_at: row.get("dg_updated_at")?,
            deleted_at: row.get("dg_deleted_at")?,
        })
    }
}

/// A diagnosis just made, or found deleted under the same code and brought back.
#[derive(Debug, Serialize)]
pub struct DiagnosisMadeView<'r> {
    /// The diagnosis.
    #[serde(flatten)]
    pub diagnosis: DiagnosisView<'r>,
    /// Whether it was brought back; absent for a new one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub restored: bool,
}

/// How often a diagnosis was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiagnosisCountView {
    /// Its name.
    #[serde(rename = "diagnose__name")]
    pub name: String,
    /// Live records of it.
    pub count: i64,
}

impl DiagnosisCountView {
    /// Reads a row of `queries::records::most_frequent`.
    pub fn read(row: &Row<'_>) -> DbResult<Self> {
        Ok(Self { name: row.get("name")?, count: row.get("records")? })
    }
}
