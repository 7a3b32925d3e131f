use platform::params;
use serde_json::json;

use super::builders::{USERS, body, manager, only_superuser, path, role, user};
use crate::tests::builders::{app, client_with, user_with};

const LOGIN: &str = "/api/architect/auth/login/";
/// A route that everybody who is logged in may read.
const DOOR: &str = "/api/therapists/";

#[test]
fn strangers_and_unknown_ids_are_refused() {
    let app = app();
    let id = user(&app, "ana");
    app.anonymous().patch(&path(id), json!({})).is(401);
    client_with(&app, "reader", &["roles.manage"]).patch(&path(id), json!({})).is(403);
    let admin = app.superuser();
    for id in ["999999", "abc", "-1", "99999999999999999999"] {
        let path = format!("{USERS}{id}/");
        for answer in [
            admin.get(&path),
            admin.put(&path, body("eva")),
            admin.patch(&path, json!({})),
            admin.delete(&path),
            admin.post(&format!("{path}activate/"), json!({})),
            admin.post(&format!("{path}restore/"), json!({})),
            admin.get(&format!("{path}roles/")),
        ] {
            assert!(answer.is(404)["error"].is_string());
        }
    }
    admin.post(&path(id), json!({})).is(405);
}

#[test]
fn a_put_needs_the_required_fields_and_a_patch_changes_what_it_names() {
    let app = app();
    let admin = app.superuser();
    let id = user(&app, "ana");
    admin
        .put(&path(id), json!({"phone": "987654321"}))
        .is(400)
        .complains_about(&["user_name", "email"]);
    app.advance(chrono::Duration::hours(1));
    let changed = admin.patch(&path(id), json!({"phone": "987654321"})).is(200);
    assert_eq!((&changed["phone"], &changed["user_name"]), (&json!("987654321"), &json!("ana")));
    assert_eq!(changed["updated_at"], "2026-03-02T16:00:00Z");
    let log = app.read(move |conn| {
        Ok(conn.one::<String>(
            "SELECT changes FROM history WHERE action = 'change' AND table_name = 'users' AND row_id = ?",
            &params![id],
        )?)
    });
    assert_eq!(log, r#"{"phone":[null,"987654321"]}"#);
    user(&app, "eva");
    admin.patch(&path(id), json!({"email": "EVA@example.com"})).is(400).complains_about(&["email"]);
    let put =
        admin.put(&path(id), json!({"user_name": "anita", "email": "anita@Example.COM"})).is(200);
    assert_eq!((&put["user_name"], &put["email"]), (&json!("anita"), &json!("anita@example.com")));
}

#[test]
fn a_new_address_is_not_verified() {
    let app = app();
    let id = user(&app, "ana");
    app.write(move |tx| {
        Ok(tx.execute(
            "UPDATE users SET email_verified_at = created_at WHERE id = ?",
            &params![id],
        )?)
    });
    let admin = app.superuser();
    let same = admin.patch(&path(id), json!({"email": "ANA@example.com"})).is(200);
    assert_eq!(same["email_verified"], true);
    let other = admin.patch(&path(id), json!({"email": "otra@example.com"})).is(200);
    assert_eq!(other["email_verified"], false);
}

#[test]
fn a_deactivated_user_is_out_on_the_next_request_and_old_tokens_stay_void() {
    let app = app();
    let id = user(&app, "ana");
    let client = app.client_of(id);
    client.get(DOOR).is(200);
    let admin = app.superuser();
    assert_eq!(admin.patch(&path(id), json!({"is_active": false})).is(200)["is_active"], false);
    assert_eq!(client.get(DOOR).is(401)["code"], "user_inactive");
    app.anonymous().post(LOGIN, json!({"email": "ana", "password": "una-clave-larga"})).is(401);
    admin.post(&format!("{}activate/", path(id)), json!({})).is(200);
    assert_eq!(client.get(DOOR).is(401)["code"], "token_not_valid");
    app.anonymous().post(LOGIN, json!({"email": "ana", "password": "una-clave-larga"})).is(200);
}

#[test]
fn a_password_set_by_the_administrator_ends_all_log_ins() {
    let app = app();
    let id = user(&app, "ana");
    let client = app.client_of(id);
    let admin = app.superuser();
    admin.patch(&path(id), json!({"password": "corta"})).is(400).complains_about(&["password"]);
    client.get(DOOR).is(200);
    // What a form leaves empty changes nothing.
    admin.patch(&path(id), json!({"password": ""})).is(200);
    client.get(DOOR).is(200);
    admin.patch(&path(id), json!({"password": "otra-clave-larga"})).is(200);
    client.get(DOOR).is(401);
    app.anonymous().post(LOGIN, json!({"email": "ana", "password": "una-clave-larga"})).is(401);
    app.anonymous().post(LOGIN, json!({"email": "ana", "password": "otra-clave-larga"})).is(200);
}

#[test]
fn nobody_changes_those_who_may_more() {
    let app = app();
    let manager = manager(&app);
    let (superuser, admin) = only_superuser(&app);
    let cashier = user_with(&app, "cajera", &["tickets.view"]);
    let staff = user(&app, "staff");
    admin.patch(&path(staff), json!({"is_staff": true})).is(200);
    for (id, code) in
        [(superuser, "superuser_only"), (staff, "superuser_only"), (cashier, "beyond_own_powers")]
    {
        for answer in [
            manager.patch(&path(id), json!({"password": "otra-clave-larga"})),
            manager.patch(&path(id), json!({"email": "mio@example.com"})),
            manager.post(&format!("{}deactivate/", path(id)), json!({})),
            manager.put(&format!("{}roles/", path(id)), json!({"roles": []})),
            manager.delete(&path(id)),
        ] {
            assert_eq!(answer.is(403)["code"], code);
        }
    }
    let peer = user_with(&app, "par", &["therapists.view"]);
    manager.patch(&path(peer), json!({"phone": "987654321"})).is(200);
    let refused = manager.patch(&path(peer), json!({"is_superuser": true})).is(403);
    assert_eq!(refused["code"], "superuser_only");
    assert_eq!(
        app.number(
            "SELECT COUNT(*) FROM users WHERE is_superuser = 1 AND user_name NOT LIKE 'admin%'"
        ),
        0
    );
}

#[test]
fn nobody_raises_himself() {
    let app = app();
    let id = user_with(&app, "ana", &["users.manage", "roles.manage"]);
    let ana = app.client_of(id);
    let big = role(&app, "Cobra", &["tickets.view"]);
    assert_eq!(ana.patch(&path(id), json!({"roles": [big]})).is(403)["code"], "beyond_own_powers");
    assert_eq!(
        ana.patch(&path(id), json!({"is_superuser": true})).is(403)["code"],
        "superuser_only"
    );
    // A refused change leaves nothing half-done: the roles are as before.
    ana.get(USERS).is(200);
}

#[test]
fn the_last_superuser_stays() {
    let app = app();
    let (id, admin) = only_superuser(&app);
    let refused = admin.patch(&path(id), json!({"is_superuser": false})).is(409);
    assert_eq!(refused["code"], "last_superuser");
    assert_eq!(admin.patch(&path(id), json!({"is_active": false})).is(409)["code"], "own_account");
    let (_, other) = only_superuser(&app);
    assert_eq!(
        other.patch(&path(id), json!({"is_superuser": false})).is(200)["is_superuser"],
        false
    );
    // An inactive superuser is none.
    let (third, _) = only_superuser(&app);
    other.post(&format!("{}deactivate/", path(third)), json!({})).is(200);
    let own = app.number("SELECT MIN(id) FROM users WHERE is_superuser = 1 AND is_active = 1");
    assert_eq!(
        other.patch(&path(own), json!({"is_superuser": false})).is(409)["code"],
        "last_superuser"
    );
}

#[test]
fn of_two_superusers_who_demote_each_other_at_once_one_stays() {
    let app = app();
    let (one, first) = only_superuser(&app);
    let (two, second) = only_superuser(&app);
    std::thread::scope(|scope| {
        scope.spawn(|| first.patch(&path(two), json!({"is_superuser": false})));
        scope.spawn(|| second.patch(&path(one), json!({"is_superuser": false})));
    });
    assert_eq!(app.number("SELECT COUNT(*) FROM users WHERE is_superuser = 1"), 1);
}
