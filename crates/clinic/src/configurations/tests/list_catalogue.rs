use serde_json::json;

use super::{KEYS, body, create, delete, list};
use crate::tests::builders::{app, client_with};

#[test]
fn a_stranger_and_a_user_without_the_permission_see_nothing() {
    let app = app();
    let nobody = client_with(&app, "nobody", &["therapists.view"]);
    for key in KEYS {
        app.anonymous().get(&list(key)).is(401);
        assert_eq!(nobody.get(&list(key)).is(403)["code"], "permission_denied");
    }
}

#[test]
fn a_list_allows_reading_only() {
    let app = app();
    for key in KEYS {
        let refused = app.superuser().post(&list(key), json!({})).is(405);
        assert_eq!(refused.header("allow"), "GET");
    }
}

#[test]
fn live_entries_come_by_name_without_regard_to_case_and_accents() {
    let app = app();
    let admin = app.superuser();
    let reader = client_with(&app, "reader", &["configurations.view"]);
    for key in KEYS {
        for name in ["zz último", "ÁÁ primero", "aa antes", "zz borrado"] {
            let id = admin.post(&create(key), body(name)).is(201).id();
            if name == "zz borrado" {
                admin.delete(&delete(key, id)).is(200);
            }
        }
        let answer = reader.get(&list(key)).is(200);
        let entries = answer[key].as_array().unwrap();
        let names: Vec<&str> =
            entries.iter().map(|entry| entry["name"].as_str().unwrap()).collect();
        assert_eq!(names[..2], ["aa antes", "ÁÁ primero"], "{key}");
        assert_eq!(names[names.len() - 1], "zz último", "{key}");
    }
}

#[test]
fn entries_show_what_their_catalogue_keeps() {
    let app = app();
    let admin = app.superuser();
    for (key, fields) in [
        ("document_types", vec!["id", "name"]),
        ("payment_types", vec!["id", "name"]),
        ("payment_statuses", vec!["id", "name", "description"]),
        ("predetermined_prices", vec!["id", "name", "price"]),
    ] {
        admin.post(&create(key), body("aaa")).is(201);
        let answer = admin.get(&list(key)).is(200);
        assert_eq!(answer.json.as_object().unwrap().len(), 1, "{key}");
        let first = answer[key][0].as_object().unwrap().clone();
        assert_eq!(first.keys().collect::<Vec<_>>(), fields, "{key}");
    }
    let prices = admin.get(&list("predetermined_prices")).is(200);
    assert_eq!(prices["predetermined_prices"][0]["price"], "10.00");
}
