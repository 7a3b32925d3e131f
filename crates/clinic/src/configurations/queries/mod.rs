//! SQL on the catalogues and on histories.

pub mod catalogues;
mod document_types;
pub mod histories;

pub use document_types::name as document_type_name;

/// Columns of a joined document type `dt`, under prefixed names.
pub const DOCUMENT_TYPE_COLUMNS: &str = "dt.id AS dt_id, dt.name AS dt_name, dt.created_at AS dt_created_at, \
    dt.updated_at AS dt_updated_at, dt.deleted_at AS dt_deleted_at";

/// Join of the document type to a table with the alias `t`.
pub const DOCUMENT_TYPE_JOIN: &str = " LEFT JOIN document_types dt ON dt.id = t.document_type_id";
