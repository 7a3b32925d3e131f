//! A user's body in one line.

use platform::params;
use serde_json::{Value as Json, json};
use testkit::{Client, TestApp};

use crate::tests::builders::user_with;

pub(super) const USERS: &str = "/api/architect/users/";

/// A body that is accepted.
pub(super) fn body(name: &str) -> Json {
    json!({ "user_name": name, "email": format!("{name}@example.com"), "password": "una-clave-larga" })
}

/// The same with other values.
pub(super) fn body_with(name: &str, change: Json) -> Json {
    let mut body = body(name);
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    body
}

/// The id of a new user without any role.
pub(super) fn user(app: &TestApp, name: &str) -> i64 {
    app.superuser().post(USERS, body(name)).is(201).id()
}

/// A client that manages users and roles, and may see therapists.
pub(super) fn manager(app: &TestApp) -> Client<'_> {
    app.client_of(user_with(app, "manager", &["users.manage", "roles.manage", "therapists.view"]))
}

pub(super) fn path(id: i64) -> String {
    format!("{USERS}{id}/")
}

/// The id of a new role that permits this.
pub(super) fn role(app: &TestApp, name: &str, permissions: &[&str]) -> i64 {
    let body = json!({ "name": name, "permissions": permissions });
    app.superuser().post("/api/architect/roles/", body).is(201).id()
}

/// The superusers of an app with none but this one.
pub(super) fn only_superuser(app: &TestApp) -> (i64, Client<'_>) {
    let client = app.superuser();
    let id = app.read(|conn| Ok(conn.one("SELECT MAX(id) FROM users", &params![])?));
    (id, client)
}
