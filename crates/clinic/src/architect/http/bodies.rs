//! JSON of log-in and registration.

use platform::http::Field;
use serde::Serialize;
use utoipa::ToSchema;

/// Answer of a log-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoginView {
    /// The user's e-mail.
    pub email: String,
    /// Refresh token.
    pub refresh: String,
    /// Access token.
    pub access: String,
    /// The user's id.
    pub user_id: i64,
}

/// A pair of tokens.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairView {
    /// Access token.
    pub access: String,
    /// Refresh token; the one sent is used up.
    pub refresh: String,
}

/// What a good token says.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerifyView {
    /// The user's id.
    pub user_id: i64,
    /// Expiry, Unix seconds.
    pub exp: i64,
}

/// Fields of a registration.
pub const REGISTER: &[(&str, bool)] = &[
    ("user_name", true),
    ("email", true),
    ("password", true),
    ("password_confirm", true),
    ("document_number", false),
    ("phone", false),
    ("name", false),
    ("paternal_lastname", false),
    ("maternal_lastname", false),
];

/// The same as rules on the users' table; passwords are read apart, since they are never trimmed.
pub const REGISTER_FIELDS: &[Field] = &[
    Field::new("user_name").required(),
    Field::new("email").required().email(),
    Field::new("document_number"),
    Field::new("phone").min_length(7),
    Field::new("name"),
    Field::new("paternal_lastname").aliases(&["last_name"]),
    Field::new("maternal_lastname"),
];
