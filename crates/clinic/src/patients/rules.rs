//! Who may be registered as a patient.

use chrono::NaiveDate;
use platform::error::FieldError;
use platform::i18n::Text;

/// Fewest digits of a document without a kind.
const MIN_DOCUMENT: usize = 8;

/// Complaints about a patient's own data. Without a kind, a document has digits only, at least eight.
#[must_use]
pub fn complaints(
    document: &str,
    has_kind: bool,
    birth: Option<NaiveDate>,
    today: NaiveDate,
) -> Vec<FieldError> {
    let mut complaints = Vec::new();
    let mut complain = |field: &'static str, code, message| {
        complaints.push(FieldError { field: field.into(), code, message });
    };
    if !has_kind {
        if !document.bytes().all(|byte| byte.is_ascii_digit()) {
            complain("document_number", "digits", Text::key("error.digits"));
        } else if document.len() < MIN_DOCUMENT {
            complain(
                "document_number",
                "min_length",
                Text::key("error.min_length").with("min", MIN_DOCUMENT),
            );
        }
    }
    if birth.is_some_and(|birth| birth > today) {
        complain("birth_date", "future", Text::key("patients.birth_in_future"));
    }
    complaints
}

/// The complaint about a diagnosis' code: letters and digits only, as the catalogues of diagnoses are keyed.
#[must_use]
pub fn code_complaint(code: &str) -> Option<FieldError> {
    (!code.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| FieldError {
        field: "code".into(),
        code: "invalid",
        message: Text::key("patients.code_characters"),
    })
}

/// The complaint about the day of a diagnosis: nobody diagnoses tomorrow.
#[must_use]
pub fn day_complaint(day: Option<NaiveDate>, today: NaiveDate) -> Option<FieldError> {
    day.filter(|day| *day > today).map(|_| FieldError {
        field: "diagnosis_date".into(),
        code: "future",
        message: Text::key("patients.diagnosis_in_future"),
    })
}
