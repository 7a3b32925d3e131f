//! What a new password must be, and what one may give to others: never more than one has.

use std::collections::HashSet;

use platform::auth::strength::weaknesses;
use platform::error::FieldError;
use platform::i18n::Text;

/// Complaints about a new password; empty if it may be used.
#[must_use]
pub fn password_complaints(password: &str, confirmation: &str) -> Vec<FieldError> {
    let mut complaints: Vec<FieldError> = weaknesses(password)
        .into_iter()
        .map(|(code, message)| FieldError { field: "password".into(), code, message })
        .collect();
    if password != confirmation {
        let message = Text::key("architect.password_mismatch");
        let field = "password_confirm".into();
        complaints.push(FieldError { field, code: "password_mismatch", message });
    }
    complaints
}

/// What somebody may do.
#[derive(Clone, Copy, Debug)]
pub struct Powers<'a> {
    /// Everything.
    pub is_superuser: bool,
    /// Otherwise these.
    pub permissions: &'a HashSet<String>,
}

impl Powers<'_> {
    /// The first of `wanted` that goes beyond these powers.
    #[must_use]
    pub fn lacks<'w>(&self, wanted: &'w [String]) -> Option<&'w str> {
        if self.is_superuser {
            return None;
        }
        wanted.iter().map(String::as_str).find(|name| !self.permissions.contains(*name))
    }
}

/// What a flag that only a superuser sets becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// It is set as asked.
    Set,
    /// It says what is so already.
    Same,
    /// Only a superuser may.
    Refused,
}

/// Whether a flag that only superusers set (superuser, panel) may become `wanted`.
#[must_use]
pub fn flag(is_superuser: bool, present: bool, wanted: bool) -> Flag {
    match (present == wanted, is_superuser) {
        (true, _) => Flag::Same,
        (false, true) => Flag::Set,
        (false, false) => Flag::Refused,
    }
}
