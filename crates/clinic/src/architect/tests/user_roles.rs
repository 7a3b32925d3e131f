use serde_json::json;

use super::builders::{manager, path, role, user};
use crate::tests::builders::{app, client_with};

const THERAPISTS: &str = "/api/therapists/therapists/";

#[test]
fn a_stranger_and_somebody_without_the_permission_may_not() {
    let app = app();
    let id = user(&app, "ana");
    let roles = format!("{}roles/", path(id));
    for answer in [app.anonymous().get(&roles), app.anonymous().put(&roles, json!({"roles": []}))] {
        answer.is(401);
    }
    client_with(&app, "reader", &["roles.manage"]).put(&roles, json!({"roles": []})).is(403);
}

#[test]
fn what_is_no_role_is_refused_by_field() {
    let app = app();
    let id = user(&app, "ana");
    let roles = format!("{}roles/", path(id));
    let admin = app.superuser();
    for (body, field) in [
        (json!({}), "roles"),
        (json!({"roles": "x"}), "roles"),
        (json!({"roles": [0]}), "roles"),
        (json!({"roles": vec![1; 501]}), "roles"),
        (json!({"role": "x"}), "role"),
    ] {
        admin.put(&roles, body).is(400).complains_about(&[field]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM user_has_roles"), 0);
}

#[test]
fn roles_given_and_taken_count_on_the_next_request() {
    let app = app();
    let id = user(&app, "ana");
    let ana = app.client_of(id);
    let (sees, none) = (role(&app, "Mira", &["therapists.view"]), role(&app, "Nada", &[]));
    let roles = format!("{}roles/", path(id));
    let manager = manager(&app);
    ana.get(THERAPISTS).is(403);
    let given = manager.post(&roles, json!({"role": sees})).is(200);
    assert_eq!(given["roles"], json!([{"id": sees, "name": "Mira"}]));
    ana.get(THERAPISTS).is(200);
    manager.post(&roles, json!({"roles": [none, sees, none]})).is(200);
    assert_eq!(manager.get(&roles).is(200).json.as_array().unwrap().len(), 2);
    manager.put(&roles, json!({"roles": [none]})).is(200);
    ana.get(THERAPISTS).is(403);
    manager.patch(&roles, json!({"roles": []})).is(200);
    assert_eq!(manager.get(&roles).is(200).json, json!([]));
}

#[test]
fn nobody_gives_a_role_that_permits_more_than_he_may() {
    let app = app();
    let id = user(&app, "ana");
    let roles = format!("{}roles/", path(id));
    let manager = manager(&app);
    for role in [1, role(&app, "Cobra", &["tickets.view"])] {
        for answer in [
            manager.put(&roles, json!({"roles": [role]})),
            manager.post(&roles, json!({"role": role})),
        ] {
            assert_eq!(answer.is(403)["code"], "beyond_own_powers");
        }
    }
    assert_eq!(manager.get(&roles).is(200).json, json!([]));
    app.superuser().put(&roles, json!({"roles": [1]})).is(200);
}
