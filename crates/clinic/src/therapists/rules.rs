//! Who may be a therapist of this clinic.

use chrono::NaiveDate;
use platform::error::FieldError;
use platform::i18n::Text;
use platform::types::time;

/// Youngest age, completed years.
const ADULT: i32 = 18;

/// Complaints about a therapist's own data; `None` of a value means it is not given.
#[must_use]
pub fn complaints(
    birth: Option<NaiveDate>,
    personal_reference: Option<&str>,
    today: NaiveDate,
) -> Vec<FieldError> {
    let mut complaints = Vec::new();
    if let Some(birth) = birth {
        if birth > today {
            complaints.push(complaint(
                "birth_date",
                "future",
                Text::key("therapists.birth_in_future"),
            ));
        } else if time::age(birth, today) < ADULT {
            complaints.push(complaint(
                "birth_date",
                "too_young",
                Text::key("therapists.too_young").with("age", ADULT),
            ));
        }
    }
    let is_plain = |text: &str| {
        text.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || ".,-'".contains(c))
    };
    if personal_reference.is_some_and(|text| !is_plain(text)) {
        complaints.push(complaint(
            "personal_reference",
            "invalid",
            Text::key("therapists.reference_characters"),
        ));
    }
    complaints
}

fn complaint(field: &'static str, code: &'static str, message: Text) -> FieldError {
    FieldError { field: field.into(), code, message }
}
