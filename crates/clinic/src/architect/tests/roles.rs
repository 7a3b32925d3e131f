use serde_json::json;

use super::builders::{manager, role, user};
use crate::tests::builders::{app, client_with};

const ROLES: &str = "/api/architect/roles/";

#[test]
fn a_stranger_sees_none_and_everybody_else_sees_them_by_id() {
    let app = app();
    app.anonymous().get(ROLES).is(401);
    let nobody = client_with(&app, "nobody", &[]);
    let roles = nobody.get(ROLES).is(200);
    let first = &roles.json[0];
    assert_eq!((&first["id"], &first["name"]), (&json!(1), &json!("Administrador")));
    let ids: Vec<i64> =
        roles.json.as_array().unwrap().iter().map(|role| role["id"].as_i64().unwrap()).collect();
    assert!(ids.is_sorted() && ids.starts_with(&[1, 2, 3, 4, 5]));
    let shown = nobody.get(&format!("{ROLES}1/")).is(200);
    assert_eq!((&shown["is_built_in"], &shown["permissions"]), (&json!(true), &json!(null)));
    let seen = manager(&app).get(&format!("{ROLES}2/edit/")).is(200);
    assert!(seen["permissions"].as_array().unwrap().contains(&json!("patients.add")));
}

#[test]
fn without_the_permission_nothing_is_changed() {
    let app = app();
    let reader = client_with(&app, "reader", &["users.manage"]);
    let id = role(&app, "Caja", &[]);
    let path = format!("{ROLES}{id}/");
    for answer in [
        reader.post(ROLES, json!({"name": "Nuevo"})),
        reader.post(&format!("{ROLES}create/"), json!({"name": "Nuevo"})),
        reader.put(&path, json!({"name": "Otro"})),
        reader.patch(&format!("{path}edit/"), json!({"name": "Otro"})),
        reader.delete(&format!("{path}delete/")),
        reader.put(&format!("{path}permissions/"), json!({"permissions": []})),
    ] {
        answer.is(403);
    }
    assert_eq!(app.superuser().get(&path).is(200)["name"], "Caja");
}

#[test]
fn a_role_needs_a_name_of_its_own() {
    let app = app();
    let admin = app.superuser();
    for body in [
        json!({}),
        json!({"name": ""}),
        json!({"name": null}),
        json!({"name": "  "}),
        json!({"name": "x".repeat(256)}),
        json!({"name": "ADMINISTRADOR"}),
    ] {
        admin.post(&format!("{ROLES}create/"), body).is(400).complains_about(&["name"]);
    }
    admin
        .post(ROLES, json!({"name": "Caja", "permissions": ["no.such"]}))
        .is(400)
        .complains_about(&["permissions"]);
    admin
        .post(ROLES, json!({"name": "Caja", "permissions": {"a": 1}}))
        .is(400)
        .complains_about(&["permissions"]);
    let made = admin.post(ROLES, json!({"name": "Caja", "guard_name": "web"})).is(201);
    assert_eq!((&made["name"], &made["guard_name"]), (&json!("Caja"), &json!("web")));
    assert_eq!(made["permissions"], json!([]));
    admin.post(&format!("{ROLES}{}/", made.id()), json!({})).is(405);
}

#[test]
fn a_role_is_renamed_and_unknown_ones_are_not_found() {
    let app = app();
    let admin = app.superuser();
    let id = role(&app, "Caja", &["tickets.view"]);
    let path = format!("{ROLES}{id}/edit/");
    admin.put(&path, json!({})).is(400).complains_about(&["name"]);
    let renamed = admin.put(&path, json!({"name": "Cajera"})).is(200);
    assert_eq!(renamed["permissions"], json!(["tickets.view"]), "what it permits stays");
    admin.patch(&path, json!({"guard_name": "api"})).is(200);
    for path in [format!("{ROLES}999999/"), format!("{ROLES}abc/edit/")] {
        assert!(admin.get(&path).is(404)["error"].is_string());
        admin.put(&path, json!({"name": "X"})).is(404);
        admin.patch(&path, json!({"name": "X"})).is(404);
        admin.delete(&path).is(404);
    }
}

#[test]
fn what_a_role_permits_counts_on_the_next_request() {
    let app = app();
    let id = role(&app, "Mira", &[]);
    let ana = user(&app, "ana");
    let admin = app.superuser();
    admin.put(&format!("/api/architect/users/{ana}/roles/"), json!({"roles": [id]})).is(200);
    let client = app.client_of(ana);
    client.get("/api/therapists/therapists/").is(403);
    let permissions = format!("{ROLES}{id}/permissions/");
    admin
        .post(&permissions, json!({"permissions": ["therapists.view", "therapists.view"]}))
        .is(200);
    client.get("/api/therapists/therapists/").is(200);
    let held = admin.get(&permissions).is(200);
    let view = held.json[0]["id"].clone();
    admin.put(&permissions, json!({"permissions": ["patients.view", view.clone()]})).is(200);
    assert_eq!(admin.get(&permissions).is(200).json.as_array().unwrap().len(), 2);
    admin.patch(&permissions, json!({"permissions": []})).is(200);
    client.get("/api/therapists/therapists/").is(403);
    admin.put(&permissions, json!({})).is(400).complains_about(&["permissions"]);
}

#[test]
fn a_removed_role_is_taken_from_those_who_held_it_and_the_built_in_ones_stay() {
    let app = app();
    let id = role(&app, "Mira", &["therapists.view"]);
    let ana = user(&app, "ana");
    let admin = app.superuser();
    admin.put(&format!("/api/architect/users/{ana}/roles/"), json!({"roles": [id]})).is(200);
    let client = app.client_of(ana);
    client.get("/api/therapists/therapists/").is(200);
    admin.delete(&format!("{ROLES}{id}/delete/")).is(204);
    client.get("/api/therapists/therapists/").is(403);
    assert_eq!(admin.get(&format!("/api/architect/users/{ana}/")).is(200)["roles"], json!([]));
    assert_eq!(admin.delete(&format!("{ROLES}1/")).is(409)["code"], "built_in_role");
    admin.patch(&format!("{ROLES}2/"), json!({"name": "Recepción"})).is(200);
}

#[test]
fn nobody_makes_a_role_that_permits_more_than_he_may_nor_changes_one() {
    let app = app();
    let manager = manager(&app);
    let big = role(&app, "Cobra", &["tickets.view"]);
    let own = manager.post(ROLES, json!({"name": "Mira", "permissions": ["therapists.view"]}));
    let own = own.is(201).id();
    for answer in [
        manager.post(ROLES, json!({"name": "Todo", "permissions": ["tickets.view"]})),
        manager.put(
            &format!("{ROLES}{own}/"),
            json!({"name": "Mira", "permissions": ["tickets.view"]}),
        ),
        manager
            .post(&format!("{ROLES}{own}/permissions/"), json!({"permissions": ["tickets.view"]})),
        manager.put(&format!("{ROLES}{big}/permissions/"), json!({"permissions": []})),
        manager.patch(&format!("{ROLES}{big}/"), json!({"name": "Otra"})),
        manager.delete(&format!("{ROLES}{big}/")),
    ] {
        assert_eq!(answer.is(403)["code"], "beyond_own_powers");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM roles WHERE name = 'Todo'"), 0);
}
