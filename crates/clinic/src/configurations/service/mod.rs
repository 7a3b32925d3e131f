//! What is done with the catalogues, and what other modules ask them.

pub mod catalogues;
pub mod seeds;

use platform::db::Conn;
use platform::error::{FieldError, Result};
use platform::i18n::Text;

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
