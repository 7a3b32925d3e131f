//! What is done with the catalogues and histories, and what other modules ask them.

pub mod catalogues;
pub mod histories;
pub mod seeds;

use platform::db::{Changes, Conn, Tx};
use platform::error::{FieldError, Result};
use platform::i18n::Text;

use super::catalogue::{DOCUMENT_TYPE, PAYMENT_STATUS, PAYMENT_TYPE};
use super::model::HISTORIES;
use super::queries;
use super::rules::{BadDocument, check_document};

/// The complaint about a document number that does not fit its kind; `None` if it does, or no kind is given.
pub fn document_complaint(
    conn: &mut Conn,
    kind: Option<i64>,
    number: &str,
) -> Result<Option<FieldError>> {
    let Some(kind) = kind else { return Ok(None) };
    // A kind that does not exist is refused by its foreign key, under its own field.
    let Some(name) = queries::document_type_name(conn, kind)? else { return Ok(None) };
    let Some(bad) = check_document(&name, number) else { return Ok(None) };
    let message = match bad {
        BadDocument::Digits(least, most) if least == most => {
            Text::key("configurations.document_digits_exact").with("kind", &name).with("most", most)
        }
        BadDocument::Digits(least, most) => Text::key("configurations.document_digits")
            .with("kind", &name)
            .with("least", least)
            .with("most", most),
        BadDocument::Alphanumeric(least, most) => Text::key("configurations.document_alphanumeric")
            .with("kind", &name)
            .with("least", least)
            .with("most", most),
        BadDocument::CheckDigit => {
            Text::key("configurations.document_check_digit").with("kind", &name)
        }
    };
    Ok(Some(FieldError { field: "document_number".into(), code: "invalid_document", message }))
}

/// Kinds of identity documents: id and name.
pub fn document_types(conn: &mut Conn) -> Result<Vec<(i64, String)>> {
    Ok(queries::catalogues::names(conn, &DOCUMENT_TYPE)?)
}

/// Ways to pay: id and name.
pub fn payment_types(conn: &mut Conn) -> Result<Vec<(i64, String)>> {
    Ok(queries::catalogues::names(conn, &PAYMENT_TYPE)?)
}

/// States of payment: id and name.
pub fn payment_statuses(conn: &mut Conn) -> Result<Vec<(i64, String)>> {
    Ok(queries::catalogues::names(conn, &PAYMENT_STATUS)?)
}

/// Writes histories under consecutive ids and returns the first id. The rows are trusted.
pub fn import_histories(tx: &mut Tx<'_>, rows: Vec<Changes>) -> Result<i64> {
    tx.insert_numbered(&HISTORIES, rows)
}
