use platform::db::PageRequest;
use platform::db::page::Beyond;
use serde_json::json;

use super::builders::{USERS, body_with, manager, path, role};
use crate::architect::queries::users::{self as queries, Listed};
use crate::tests::builders::{app, client_with};

fn names(rows: &[serde_json::Value]) -> Vec<&str> {
    rows.iter().map(|row| row["user_name"].as_str().unwrap()).collect()
}

#[test]
fn a_stranger_and_somebody_without_the_permission_see_nobody() {
    let app = app();
    app.anonymous().get(USERS).is(401);
    client_with(&app, "reader", &["patients.view", "roles.manage"]).get(USERS).is(403);
}

#[test]
fn wrong_parameters_are_named() {
    let app = app();
    let admin = app.superuser();
    for (query, field) in [
        ("page=abc", "page"),
        ("page_size=0", "page_size"),
        ("role=x", "role"),
        ("is_active=perhaps", "is_active"),
    ] {
        admin.get(&format!("{USERS}?{query}")).is(400).complains_about(&[field]);
    }
    admin.get(&format!("{USERS}?page=9")).is(404);
}

#[test]
fn a_bare_list_tells_its_length_and_pages_have_the_envelope() {
    let app = app();
    let admin = app.superuser();
    for name in ["ana", "beto", "carla"] {
        admin.post(USERS, body_with(name, json!({}))).is(201);
    }
    let bare = admin.get(USERS).is(200);
    assert_eq!(bare.header("x-total-count"), "4");
    let rows = bare.json.as_array().unwrap();
    assert_eq!(names(rows), ["admin0", "ana", "beto", "carla"]);
    assert!(!bare.text.contains("argon2"), "no hash leaves the house");
    let page = admin.get(&format!("{USERS}?page=2&page_size=2")).is(200);
    assert_eq!((&page["count"], &page["num_pages"]), (&json!(4), &json!(2)));
    assert_eq!(names(page.results()), ["beto", "carla"]);
}

#[test]
fn filters_search_and_order_narrow_the_list() {
    let app = app();
    let admin = app.superuser();
    let role = role(&app, "Caja", &[]);
    let jose = body_with(
        "jose",
        json!({"name": "José", "paternal_lastname": "Ñáñez", "document_number": "45678901", "roles": [role]}),
    );
    let jose = admin.post(USERS, jose).is(201).id();
    let ana = admin.post(USERS, body_with("ana", json!({"name": "Ana 100%"}))).is(201).id();
    admin.post(&format!("{}deactivate/", path(ana)), json!({})).is(200);
    for (query, expected) in [
        ("search=nanez%20JOSE", vec!["jose"]),
        ("search=45678901", vec!["jose"]),
        ("search=%25", vec!["ana"]),
        ("search=%27%20OR%201=1", vec![]),
        ("is_active=false", vec!["ana"]),
        ("is_superuser=true", vec!["admin0"]),
        ("ordering=-user_name", vec!["jose", "ana", "admin0"]),
        ("ordering=password", vec!["admin0", "jose", "ana"]),
        ("deleted=true", vec![]),
    ] {
        let found = admin.get(&format!("{USERS}?{query}")).is(200);
        let mut found = names(found.json.as_array().unwrap())
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        // Builders bring superusers of their own.
        found.retain(|name| !name.starts_with("admin") || name == "admin0");
        assert_eq!(found, expected, "{query}");
    }
    let holders = admin.get(&format!("{USERS}?role={role}&page=1")).is(200);
    assert_eq!((&holders["count"], &holders.results()[0]["id"]), (&json!(1), &json!(jose)));
    assert_eq!(holders.results()[0]["roles"], json!([{"id": role, "name": "Caja"}]));
}

#[test]
fn a_deleted_user_leaves_the_list_unless_asked_for() {
    let app = app();
    let id = super::builders::user(&app, "ana");
    let manager = manager(&app);
    manager.delete(&path(id)).is(200);
    let found = |query: &str| manager.get(&format!("{USERS}{query}")).is(200).text;
    assert!(!found("").contains("ana@example.com"));
    assert!(found("?deleted=true").contains("ana@example.com"));
    assert!(found("?deleted=all").contains("ana@example.com"));
    manager.get(&path(id)).is(404);
    assert!(!manager.get(&format!("{}?deleted=1", path(id))).is(200)["deleted_at"].is_null());
}

#[test]
fn a_page_costs_three_queries_however_many_rows_it_has() {
    let app = app();
    for name in ["ana", "beto", "carla", "dora"] {
        super::builders::user(&app, name);
    }
    let statements = app.read(|conn| {
        conn.start_trace();
        let names = queries::role_names(conn)?;
        let wanted = PageRequest { number: 1, size: 20, beyond: Beyond::Absent };
        let page = queries::list(conn, &Listed::default(), wanted, |row| {
            super::super::http::AdminUserView::read(row, &names)
        })?;
        assert!(page.unwrap().rows.len() >= 5);
        Ok(conn.take_trace())
    });
    assert_eq!(statements.len(), 3, "{statements:?}");
}
