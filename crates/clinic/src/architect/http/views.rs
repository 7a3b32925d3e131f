//! JSON of users as their administrator sees them, of roles and of permissions.

use platform::db::{DbResult, Row};
use platform::types::text::joined;
use platform::types::time::WireMoment;
use serde::Serialize;
use utoipa::ToSchema;

use crate::architect::queries::users::RoleNames;
use crate::architect::service::roles::is_built_in;

/// A role that a user holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldRole {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
}

/// A user.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdminUserView {
    /// Id.
    pub id: i64,
    /// Handle.
    pub user_name: String,
    /// The same.
    pub username: String,
    /// E-mail, the log-in name.
    pub email: String,
    /// Phone.
    pub phone: Option<String>,
    /// A active, I inactive.
    pub account_statement: String,
    /// May log in.
    pub is_active: bool,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// Given names.
    pub name: String,
    /// Paternal surname.
    pub paternal_lastname: String,
    /// Maternal surname.
    pub maternal_lastname: String,
    /// All names.
    pub full_name: String,
    /// Given names.
    pub first_name: String,
    /// Both surnames.
    pub last_name: String,
    /// Document number.
    pub document_number: Option<String>,
    /// Kind of identity document.
    pub document_type: Option<i64>,
    /// Country.
    pub country: Option<i64>,
    /// M, F or O.
    pub sex: Option<String>,
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
    /// Last log-in.
    pub last_login: Option<WireMoment>,
    /// When it joined.
    pub date_joined: WireMoment,
    /// When it was deleted, if it was.
    pub deleted_at: Option<WireMoment>,
    /// The first of its roles.
    pub role: Option<i64>,
    /// Its roles.
    pub roles: Vec<HeldRole>,
}

impl AdminUserView {
    /// Reads a row of `queries::users`.
    pub fn read(row: &Row<'_>, names: &RoleNames) -> DbResult<Self> {
        let user_name: String = row.get("user_name")?;
        let name: String = row.get("name")?;
        let paternal: String = row.get("paternal_lastname")?;
        let maternal: String = row.get("maternal_lastname")?;
        let role_ids: Option<String> = row.get("role_ids")?;
        let roles = held(role_ids.as_deref().unwrap_or_default(), names);
        Ok(Self {
            id: row.get("id")?,
            username: user_name.clone(),
            user_name,
            email: row.get("email")?,
            phone: row.get("phone")?,
            account_statement: row.get("account_statement")?,
            is_active: row.get("is_active")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            full_name: joined([
                Some(name.as_str()),
                Some(paternal.as_str()),
                Some(maternal.as_str()),
            ]),
            last_name: joined([Some(paternal.as_str()), Some(maternal.as_str())]),
            first_name: name.clone(),
            name,
            paternal_lastname: paternal,
            maternal_lastname: maternal,
            document_number: row.get("document_number")?,
            document_type: row.get("document_type_id")?,
            country: row.get("country_id")?,
            sex: row.get("sex")?,
            photo_url: row.get("photo_url")?,
            is_staff: row.get("is_staff")?,
            is_superuser: row.get("is_superuser")?,
            password_change: row.get("password_change")?,
            email_verified: row.get::<Option<WireMoment>>("email_verified_at")?.is_some(),
            last_login: row.get("last_login")?,
            date_joined: row.get("date_joined")?,
            deleted_at: row.get("deleted_at")?,
            role: roles.first().map(|role| role.id),
            roles,
        })
    }
}

/// `3,1` → the roles, by id.
fn held(ids: &str, names: &RoleNames) -> Vec<HeldRole> {
    let mut ids: Vec<i64> = ids.split(',').filter_map(|id| id.parse().ok()).collect();
    ids.sort_unstable();
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    ids.into_iter().map(|id| HeldRole { id, name: name(id) }).collect()
}

/// A role.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Guard.
    pub guard_name: Option<String>,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
    /// Whether every installation has it; then it cannot be removed.
    pub is_built_in: bool,
    /// Names of what it permits, for those who manage roles or users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<String>>,
}

impl RoleView {
    /// Reads a row of `queries::roles`.
    pub fn read(row: &Row<'_>) -> DbResult<Self> {
        let id = row.get("id")?;
        Ok(Self {
            id,
            name: row.get("name")?,
            guard_name: row.get("guard_name")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            is_built_in: is_built_in(id),
            permissions: None,
        })
    }
}

/// A permission.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermissionView {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// What it lets one do.
    pub detail: Option<String>,
    /// Guard.
    pub guard_name: String,
    /// When it was made.
    pub created_at: WireMoment,
    /// When it was last changed.
    pub updated_at: WireMoment,
}

impl PermissionView {
    /// Reads a row of `queries::roles`.
    pub fn read(row: &Row<'_>) -> DbResult<Self> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            detail: row.get("detail")?,
            guard_name: row.get("guard_name")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}
