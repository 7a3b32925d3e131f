//! JSON of the catalogues.

use platform::db::{DbResult, Row};
use platform::http::Field;
use platform::types::Money;
use platform::types::time::WireMoment;
use serde::Serialize;
use utoipa::ToSchema;

/// Fields of an entry that is a name alone.
pub const NAME: &[Field] = &[Field::new("name").required()];

/// Fields of a state of payment.
pub const STATUS: &[Field] = &[Field::new("name").required(), Field::new("description")];

/// Fields of a price.
pub const PRICE: &[Field] = &[Field::new("name").required(), Field::new("price").required()];

/// What an entry of a catalogue looks like to clients.
pub trait Entry: Serialize + Send + Sized + 'static {
    /// Reads the catalogue's columns.
    fn read(row: &Row<'_>) -> DbResult<Self>;
}

/// A document type or a way to pay.
#[derive(Debug, Serialize, ToSchema)]
pub struct NameView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
}

impl Entry for NameView {
    fn read(row: &Row<'_>) -> DbResult<Self> {
        Ok(Self { id: row.get("id")?, name: row.get("name")? })
    }
}

/// A state of payment.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentStatusView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
}

impl Entry for PaymentStatusView {
    fn read(row: &Row<'_>) -> DbResult<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            description: row.get("description")?,
        })
    }
}

/// A price of the price list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Amount.
    pub price: Money,
}

impl Entry for PriceView {
    fn read(row: &Row<'_>) -> DbResult<Self> {
        Ok(Self { id: row.get("id")?, name: row.get("name")?, price: row.get("price")? })
    }
}

/// An entry just made, or found deleted under the same name and brought back.
#[derive(Debug, Serialize)]
pub struct MadeView<E> {
    /// The entry.
    #[serde(flatten)]
    pub entry: E,
    /// Whether it was brought back; absent for a new one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub restored: bool,
}

/// What is said of a deleted entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeletedView {
    /// `deleted`.
    pub status: &'static str,
    /// Its id.
    pub id: i64,
}

/// A kind of identity document inside another object.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentTypeView<'r> {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: &'r str,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
}

impl<'r> DocumentTypeView<'r> {
    /// Reads the columns of `DOCUMENT_TYPE_COLUMNS`, if a kind is joined.
    pub fn read_joined(row: &Row<'r>) -> DbResult<Option<Self>> {
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
