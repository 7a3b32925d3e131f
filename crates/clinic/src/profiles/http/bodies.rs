//! JSON of profiles.

use std::collections::BTreeSet;

use platform::db::{DbResult, Row};
use platform::http::{Caller, Field};
use platform::types::text::joined;
use platform::types::time::{Moment, WireMoment};
use serde::Serialize;
use utoipa::ToSchema;

use crate::profiles::rules;

/// Fields of one's own data.
pub const ME_FIELDS: &[Field] = &[
    Field::new("name").aliases(&["first_name"]).required(),
    Field::new("paternal_lastname").aliases(&["last_name"]).required(),
    Field::new("maternal_lastname").required(),
    Field::new("phone").min_length(7),
    Field::new("sex"),
    Field::new("photo_url"),
];

/// Fields of one's own profile.
pub const PROFILE_FIELDS: &[Field] = &[
    Field::new("name").aliases(&["first_name"]).required(),
    Field::new("paternal_lastname").aliases(&["last_name"]).required(),
    Field::new("maternal_lastname").required(),
    Field::new("email").required().email(),
    Field::new("document_number").required(),
    Field::new("sex"),
    Field::new("phone").min_length(7),
    Field::new("document_type").column("document_type_id").aliases(&["document_type_id"]),
    Field::new("country").column("country_id").aliases(&["country_id"]),
    Field::new("photo_url"),
];

/// Fields of one's own settings.
pub const SETTINGS_FIELDS: &[Field] = &[Field::new("account_statement").required()];

/// Oneself.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeView {
    /// Id.
    pub id: i64,
    /// Handle.
    pub user_name: String,
    /// The same.
    pub username: String,
    /// E-mail, the log-in name.
    pub email: String,
    /// Given names.
    pub name: String,
    /// Paternal surname.
    pub paternal_lastname: String,
    /// Maternal surname.
    pub maternal_lastname: String,
    /// All names.
    pub full_name: String,
    /// Phone.
    pub phone: Option<String>,
    /// A active, I inactive.
    pub account_statement: String,
    /// May log in.
    pub is_active: bool,
    /// When it joined.
    pub date_joined: WireMoment,
    /// Last log-in.
    pub last_login: Option<WireMoment>,
    /// Photo.
    pub profile_photo_url: Option<String>,
    /// Document number.
    pub document_number: Option<String>,
    /// Kind of identity document.
    pub document_type: Option<i64>,
    /// M, F or O.
    pub sex: Option<String>,
    /// Country.
    pub country: Option<i64>,
    /// Photo.
    pub photo_url: Option<String>,
    /// May enter the panel.
    pub is_staff: bool,
    /// May everything.
    pub is_superuser: bool,
    /// Must set a new password.
    pub password_change: bool,
    /// Whether the e-mail was proved.
    pub email_verified: bool,
    /// What one's roles permit.
    pub permissions: BTreeSet<String>,
}

impl MeView {
    /// Reads a row of `queries::profiles`.
    pub fn read(row: &Row<'_>) -> DbResult<Self> {
        let user_name: String = row.get("user_name")?;
        let name: String = row.get("name")?;
        let paternal: String = row.get("paternal_lastname")?;
        let maternal: String = row.get("maternal_lastname")?;
        let photo: Option<String> = row.get("photo_url")?;
        Ok(Self {
            id: row.get("id")?,
            username: user_name.clone(),
            user_name,
            email: row.get("email")?,
            full_name: joined([
                Some(name.as_str()),
                Some(paternal.as_str()),
                Some(maternal.as_str()),
            ]),
            name,
            paternal_lastname: paternal,
            maternal_lastname: maternal,
            phone: row.get("phone")?,
            account_statement: row.get("account_statement")?,
            is_active: row.get("is_active")?,
            date_joined: row.get("date_joined")?,
            last_login: row.get("last_login")?,
            profile_photo_url: photo.clone(),
            document_number: row.get("document_number")?,
            document_type: row.get("document_type_id")?,
            sex: row.get("sex")?,
            country: row.get("country_id")?,
            photo_url: photo,
            is_staff: row.get("is_staff")?,
            is_superuser: row.get("is_superuser")?,
            password_change: row.get("password_change")?,
            email_verified: row.get::<Option<WireMoment>>("email_verified_at")?.is_some(),
            permissions: BTreeSet::new(),
        })
    }

    /// With what the caller may do.
    #[must_use]
    pub fn of(mut self, caller: &Caller) -> Self {
        if let Some(identity) = caller.identity() {
            self.permissions = identity.account().permissions.iter().cloned().collect();
        }
        self
    }
}

/// One's own profile.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProfileView {
    /// What one is.
    #[serde(flatten)]
    pub me: MeView,
    /// How far it is filled in, percent.
    pub completion_percentage: f64,
    /// An address that is confirmed with the code sent there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_email: Option<String>,
}

impl ProfileView {
    /// Reads a row of `queries::profiles`.
    pub fn read(row: &Row<'_>) -> DbResult<Self> {
        let me = MeView::read(row)?;
        let completion =
            rules::completion(&me.name, &me.email, me.phone.as_deref(), me.photo_url.as_deref());
        Ok(Self { me, completion_percentage: completion.percentage, pending_email: None })
    }
}

/// What others see of somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicProfileView<'r> {
    /// Id.
    pub id: i64,
    /// Handle.
    pub user_name: &'r str,
    /// Given names and paternal surname.
    pub display_name: String,
    /// M, F or O.
    pub sex: Option<&'r str>,
    /// Country.
    pub country: Option<i64>,
    /// Photo.
    pub photo_url: Option<&'r str>,
    /// When it joined.
    pub date_joined: WireMoment,
}

impl<'r> PublicProfileView<'r> {
    /// Reads a row of `queries::profiles`.
    pub fn read(row: &Row<'r>) -> DbResult<Self> {
        let (name, paternal) = (row.get::<&str>("name")?, row.get::<&str>("paternal_lastname")?);
        Ok(Self {
            id: row.get("id")?,
            user_name: row.get("user_name")?,
            display_name: joined([Some(name), Some(paternal)]),
            sex: row.get("sex")?,
            country: row.get("country_id")?,
            photo_url: row.get("photo_url")?,
            date_joined: row.get("date_joined")?,
        })
    }
}

/// Answer of a change of one's own data.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeChangedView {
    /// A sentence.
    pub message: String,
    /// Oneself now.
    pub user: MeView,
}

/// Answer of a change of one's own profile.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProfileChangedView {
    /// A sentence.
    pub message: String,
    /// The profile now.
    pub profile: ProfileView,
}

/// One's own settings.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsView {
    /// A active, I inactive.
    pub account_statement: String,
}

/// Answer of a change of one's own settings.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsChangedView {
    /// A sentence.
    pub message: String,
    /// The settings now.
    pub settings: SettingsView,
}

/// How far one's own profile is filled in.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompletionView {
    /// Percent.
    pub completion_percentage: f64,
    /// Whether that is enough.
    pub is_complete: bool,
    /// What is missing.
    pub missing_fields: Vec<&'static str>,
}

/// A password that is strong enough.
#[derive(Debug, Serialize, ToSchema)]
pub struct StrengthView {
    /// A sentence.
    pub message: String,
    /// True; a weak one is answered with 400 and false.
    pub is_strong: bool,
}

/// What a new password must be.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyView {
    /// A sentence.
    pub message: String,
    /// Each requirement as a sentence.
    pub requirements: Vec<String>,
    /// Fewest characters.
    pub min_length: usize,
    /// Most bytes.
    pub max_length: usize,
}

/// How often one's own password was changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasswordHistoryView {
    /// A sentence.
    pub message: String,
    /// When it was last changed, if ever.
    pub last_changed: Option<WireMoment>,
    /// How often it was changed.
    pub total_changes: i64,
}

/// A code was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeSentView {
    /// A sentence.
    pub message: String,
    /// Until when the code is good.
    pub expires_at: WireMoment,
    /// The code; only with DEBUG and VERIFICATION_CODE_IN_RESPONSE.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What it proves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_type: Option<&'static str>,
    /// Where it was sent, if not to the account's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_email: Option<String>,
}

/// A new address is in use.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmailChangedView {
    /// A sentence.
    pub message: String,
    /// The address.
    pub new_email: String,
}

/// A code that waits to be typed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PendingView {
    /// What it proves.
    pub verification_type: String,
    /// Until when it is good.
    pub expires_at: WireMoment,
    /// Attempts that are left.
    pub attempts_remaining: i64,
    /// Whether it would be taken now.
    pub is_valid: bool,
}

impl PendingView {
    /// Reads a row of `queries::codes`.
    pub fn read(row: &Row<'_>, now: Moment) -> DbResult<Self> {
        let expires_at: Moment = row.get("expires_at")?;
        let failed: i64 = row.get("failed_attempts")?;
        let attempts_remaining = (row.get::<i64>("max_attempts")? - failed).max(0);
        let locked: Option<Moment> = row.get("locked_until")?;
        let is_locked = locked.is_some_and(|until| until > now);
        Ok(Self {
            verification_type: row.get("verification_type")?,
            expires_at: WireMoment(expires_at),
            attempts_remaining,
            is_valid: expires_at > now && attempts_remaining > 0 && !is_locked,
        })
    }
}

/// What is proved and what waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusView {
    /// The account's address.
    pub user_email: String,
    /// Whether it was proved.
    pub email_verified: bool,
    /// Codes that wait to be typed, newest first.
    pub active_verifications: Vec<PendingView>,
}
