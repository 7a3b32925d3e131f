use serde_json::json;

use super::builders::{body, manager, only_superuser, path, user};
use crate::tests::builders::{app, client_with, user_with};

const DOOR: &str = "/api/therapists/";

#[test]
fn a_stranger_and_somebody_without_the_permission_may_not() {
    let app = app();
    let id = user(&app, "ana");
    app.anonymous().delete(&path(id)).is(401);
    client_with(&app, "reader", &["roles.manage"]).delete(&path(id)).is(403);
    assert_eq!(app.number("SELECT COUNT(*) FROM users WHERE deleted_at IS NOT NULL"), 0);
}

#[test]
fn one_does_not_delete_oneself_here_nor_the_last_superuser() {
    let app = app();
    let id = user_with(&app, "jefa", &["users.manage"]);
    assert_eq!(app.client_of(id).delete(&path(id)).is(409)["code"], "own_account");
    let (id, admin) = only_superuser(&app);
    assert_eq!(admin.delete(&path(id)).is(409)["code"], "own_account");
    assert_eq!(app.number("SELECT COUNT(*) FROM users WHERE deleted_at IS NOT NULL"), 0);
}

#[test]
fn a_deleted_user_is_out_at_once_keeps_his_names_and_comes_back() {
    let app = app();
    let id = user(&app, "ana");
    let client = app.client_of(id);
    client.get(DOOR).is(200);
    let manager = manager(&app);
    assert!(manager.delete(&path(id)).is(200)["message"].is_string());
    manager.delete(&path(id)).is(404);
    manager.patch(&path(id), json!({"phone": "987654321"})).is(404);
    manager.put(&format!("{}roles/", path(id)), json!({"roles": []})).is(404);
    assert_eq!(client.get(DOOR).is(401)["code"], "user_not_found");
    let taken = manager.post(super::builders::USERS, body("ana")).is(400);
    taken.complains_about(&["user_name", "email"]);
    let back = manager.post(&format!("{}restore/", path(id)), json!({})).is(200);
    assert_eq!((&back["is_active"], &back["deleted_at"]), (&json!(true), &json!(null)));
    manager.patch(&format!("{}restore/", path(id)), json!({})).is(404);
    // Tokens from before are not revived.
    client.get(DOOR).is(401);
}
