//! The catalogues that are lists of names: what tells one from the other.

use platform::db::Table;

use super::model::{DOCUMENT_TYPES, PAYMENT_STATUSES, PAYMENT_TYPES, PREDETERMINED_PRICES};

/// A list of names that people pick from; all of them are kept by the same code.
#[derive(Debug)]
pub struct Catalogue {
    /// Its table, with `name` and `deleted_at`.
    pub table: &'static Table,
    /// Key of its list in the API.
    pub key: &'static str,
    /// What the API shows of an entry.
    pub columns: &'static [&'static str],
    /// Whether a name stands in it once, deleted entries included.
    pub has_unique_names: bool,
    /// The sentence about an entry that is not there.
    pub absent: &'static str,
}

/// Kinds of identity documents.
pub static DOCUMENT_TYPE: Catalogue = Catalogue {
    table: &DOCUMENT_TYPES,
    key: "document_types",
    columns: &["id", "name"],
    has_unique_names: true,
    absent: "configurations.no_document_type",
};

/// Ways to pay.
pub static PAYMENT_TYPE: Catalogue = Catalogue {
    table: &PAYMENT_TYPES,
    key: "payment_types",
    columns: &["id", "name"],
    has_unique_names: true,
    absent: "configurations.no_payment_type",
};

/// States of payment.
pub static PAYMENT_STATUS: Catalogue = Catalogue {
    table: &PAYMENT_STATUSES,
    key: "payment_statuses",
    columns: &["id", "name", "description"],
    has_unique_names: true,
    absent: "configurations.no_payment_status",
};

/// The price list. Two prices may have the same name.
pub static PRICE: Catalogue = Catalogue {
    table: &PREDETERMINED_PRICES,
    key: "predetermined_prices",
    columns: &["id", "name", "price"],
    has_unique_names: false,
    absent: "configurations.no_price",
};
