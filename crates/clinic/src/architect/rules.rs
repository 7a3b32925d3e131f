//! What a registration must say twice.

use platform::auth::strength::weakness;
use platform::error::FieldError;
use platform::i18n::Text;

/// Complaints about a new password; empty if it may be used.
#[must_use]
pub fn password_complaints(password: &str, confirmation: &str) -> Vec<FieldError> {
    let mut complaints = Vec::new();
    if let Some((code, message)) = weakness(password) {
        complaints.push(FieldError { field: "password".into(), code, message });
    }
    if password != confirmation {
        let message = Text::key("architect.password_mismatch");
        let field = "password_confirm".into();
        complaints.push(FieldError { field, code: "password_mismatch", message });
    }
    complaints
}
