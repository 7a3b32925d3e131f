//! JSON of the catalogues.

use platform::db::{DbResult, Row};
use platform::types::time::WireMoment;
use serde::Serialize;
use utoipa::ToSchema;

/// A kind of identity document inside another object.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentTypeView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

impl DocumentTypeView {
    /// Reads the columns of `DOCUMENT_TYPE_COLUMNS`, if a kind is joined.
    pub fn read_joined(row: &Row<'_>) -> DbResult<Option<Self>> {
        let Some(id) = row.get::<Option<i64>>("dt_id")? else { return Ok(None) };
        Ok(Some(Self {
            id,
            name: row.get("dt_name")?,
            created_at: row.get("dt_created_at")?,
            updated_at: row.get("dt_updated_at")?,
            deleted_at: row.get("dt_deleted_at")?,
        }))
    }
}
