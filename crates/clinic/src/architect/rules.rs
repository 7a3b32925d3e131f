//! What a password must be.

use platform::error::FieldError;
use platform::i18n::Text;

/// Passwords that open too many doors; compared without regard to case.
const COMMON: &[&str] = &[
    "password",
    "123456",
    "12345678",
    "123456789",
    "qwerty",
    "abc123",
    "password123",
    "admin",
    "letmein",
    "administrador",
    "contraseña",
    "contrasena",
    "peru2024",
    "peru2025",
    "peru2026",
    "clinica123",
];

/// Fewest characters of a password.
pub const MIN_PASSWORD: usize = 8;

/// Complaints about a new password; empty if it may be used.
#[must_use]
pub fn password_complaints(password: &str, confirmation: &str) -> Vec<FieldError> {
    let mut complaints = Vec::new();
    let mut complain = |field: &'static str, code, text| {
        complaints.push(FieldError { field: field.into(), code, message: text });
    };
    if password.chars().count() < MIN_PASSWORD {
        complain(
            "password",
            "password_too_short",
            Text::key("architect.password_too_short").with("min", MIN_PASSWORD),
        );
    }
    if COMMON.contains(&password.to_lowercase().as_str()) {
        complain("password", "password_too_common", Text::key("architect.password_too_common"));
    }
    if !password.is_empty() && password.chars().all(char::is_numeric) {
        complain(
            "password",
            "password_entirely_numeric",
            Text::key("architect.password_entirely_numeric"),
        );
    }
    if password != confirmation {
        complain("password_confirm", "password_mismatch", Text::key("architect.password_mismatch"));
    }
    complaints
}
