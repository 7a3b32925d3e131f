//! What an administrator's bodies say: columns, a password, lists of roles and permissions.

use platform::error::{FieldError, Refusal, Result};
use platform::http::{Beside, Body, BodyDoc, Field, Holds};
use platform::i18n::Text;
use serde_json::Value as Json;

use crate::architect::model::ROLES;
use crate::architect::rules;
use crate::architect::service::roles::Named;
use crate::profiles::model::USERS;

/// Entries of a list in a body; nobody has more roles, and there are not more permissions.
const MOST: usize = 500;

/// Fields of a user that are columns.
pub const USER_FIELDS: &[Field] = &[
    Field::new("user_name").aliases(&["username"]).required(),
    Field::new("email").required().email(),
    Field::new("phone").min_length(7),
    Field::new("account_statement"),
    Field::new("is_active"),
    Field::new("document_number"),
    Field::new("document_type").column("document_type_id").aliases(&["document_type_id"]),
    Field::new("country").column("country_id").aliases(&["country_id"]),
    Field::new("name").aliases(&["first_name"]),
    Field::new("paternal_lastname").aliases(&["last_name"]),
    Field::new("maternal_lastname"),
    Field::new("sex"),
    Field::new("is_staff"),
    Field::new("is_superuser"),
    Field::new("password_change"),
];

/// A user's body, as the description shows it.
pub const USER_BODY: BodyDoc = BodyDoc::With(
    &USERS,
    USER_FIELDS,
    &[
        Beside::new("password", Holds::Text),
        Beside::new("password_confirm", Holds::Text),
        Beside::new("role", Holds::Id),
        Beside::new("roles", Holds::Ids),
    ],
);

/// A list of roles, as the description shows it.
pub const ROLES_BODY: BodyDoc =
    BodyDoc::With(&USERS, &[], &[Beside::new("roles", Holds::Ids), Beside::new("role", Holds::Id)]);

/// Fields of a role that are columns.
pub const ROLE_FIELDS: &[Field] = &[Field::new("name").required(), Field::new("guard_name")];

/// A role's body, as the description shows it.
pub const ROLE_BODY: BodyDoc =
    BodyDoc::With(&ROLES, ROLE_FIELDS, &[Beside::new("permissions", Holds::Names)]);

/// A list of permissions, as the description shows it.
pub const PERMISSIONS_BODY: BodyDoc =
    BodyDoc::With(&ROLES, &[], &[Beside::new("permissions", Holds::Names).required()]);

/// A new password, if the body has one; an empty one is none, since forms send what was not filled in.
pub fn password(body: &Body) -> Result<Option<String>> {
    let password = match body.0.get("password") {
        None | Some(Json::Null) => return Ok(None),
        Some(Json::String(text)) if text.is_empty() => return Ok(None),
        Some(_) => body.raw_text("password")?,
    };
    let confirmation = match body.0.get("password_confirm") {
        None | Some(Json::Null) => password.clone(),
        Some(_) => body.raw_text("password_confirm")?,
    };
    let complaints = rules::password_complaints(&password, &confirmation);
    if complaints.is_empty() { Ok(Some(password)) } else { Err(Refusal::fields(complaints).into()) }
}

/// The roles that a body names: `roles`, a list of ids, or `role`, one id. NULL is no role at all.
pub fn roles(body: &Body) -> Result<Option<Vec<i64>>> {
    let refused = |field: &'static str| {
        Refusal::field(field, "incorrect_type", Text::key("architect.ids_expected"))
    };
    if let Some(json) = body.0.get("roles") {
        return Ok(Some(ids(json).ok_or_else(|| refused("roles"))?));
    }
    match body.0.get("role") {
        None => Ok(None),
        Some(Json::Null) => Ok(Some(Vec::new())),
        Some(json) => Ok(Some(vec![id(json).ok_or_else(|| refused("role"))?])),
    }
}

fn ids(json: &Json) -> Option<Vec<i64>> {
    let mut ids = match json {
        Json::Null => Vec::new(),
        Json::Array(list) if list.len() <= MOST => list.iter().map(id).collect::<Option<_>>()?,
        // As a form sends it.
        Json::String(text) if text.trim().is_empty() => Vec::new(),
        Json::String(text) => {
            text.split(',').take(MOST).map(|id| id.trim().parse().ok()).collect::<Option<_>>()?
        }
        _ => return None,
    };
    ids.sort_unstable();
    ids.dedup();
    Some(ids)
}

fn id(json: &Json) -> Option<i64> {
    match json {
        Json::Number(number) => number.as_i64(),
        Json::String(text) => text.trim().parse().ok(),
        // A role as it was answered.
        Json::Object(object) => object.get("id").and_then(Json::as_i64),
        _ => None,
    }
}

/// The permissions that a body names, by id or by name; absent if it names none.
pub fn permissions(body: &Body) -> Result<Option<Vec<Named>>> {
    let Some(json) = body.0.get("permissions") else { return Ok(None) };
    let named = |json: &Json| match json {
        Json::Number(number) => number.as_i64().map(Named::Id),
        Json::String(text) => {
            let text = text.trim();
            Some(text.parse().map_or_else(|_| Named::Name(text.to_owned()), Named::Id))
        }
        Json::Object(object) => object.get("id").and_then(Json::as_i64).map(Named::Id),
        _ => None,
    };
    let list = match json {
        Json::Null => Some(Vec::new()),
        Json::Array(list) if list.len() <= MOST => list.iter().map(named).collect(),
        Json::String(text) if text.trim().is_empty() => Some(Vec::new()),
        Json::String(text) => {
            text.split(',').take(MOST).map(|name| named(&Json::from(name))).collect()
        }
        _ => None,
    };
    let refused = || {
        let text = Text::key("architect.permissions_expected");
        Refusal::field("permissions", "incorrect_type", text)
    };
    Ok(Some(list.ok_or_else(refused)?))
}

/// Like an absent field that must be there.
#[must_use]
pub fn required(field: &'static str) -> FieldError {
    FieldError { field: field.into(), code: "required", message: Text::key("error.required") }
}
