//! JSON of this module: fields in, views out.

mod catalogues;
mod histories;

pub use catalogues::{
    DeletedView, DocumentTypeView, Entry, MadeView, NAME, NameView, PRICE, PaymentStatusView,
    PriceView, STATUS,
};
pub use histories::{
    HISTORY_FIELDS, HistoryDone, HistoryRow, HistoryView, PATIENT_FIELDS, YES_OR_NO,
};
