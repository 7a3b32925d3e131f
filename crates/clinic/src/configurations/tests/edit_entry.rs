use serde_json::json;

use super::{KEYS, UNIQUE, body, create, delete, edit};
use crate::tests::builders::{app, client_with};

#[test]
fn a_stranger_and_a_reader_may_not() {
    let app = app();
    let reader = client_with(&app, "reader", &["configurations.view"]);
    for key in KEYS {
        app.anonymous().put(&edit(key, 1), body("Otro")).is(401);
        reader.patch(&edit(key, 1), body("Otro")).is(403);
        let refused = app.superuser().get(&edit(key, 1)).is(405);
        assert_eq!(refused.header("allow"), "PUT, PATCH");
    }
}

#[test]
fn unknown_and_deleted_entries_are_not_found() {
    let app = app();
    let admin = app.superuser();
    for key in KEYS {
        for id in ["999999", "abc", "-1", "99999999999999999999"] {
            admin.put(&edit(key, id), body("Otro")).is(404);
            admin.patch(&edit(key, id), json!({})).is(404);
        }
        let id = admin.post(&create(key), body("Pasajero")).is(201).id();
        admin.delete(&delete(key, id)).is(200);
        let refused = admin.put(&edit(key, id), body("Otro")).is(404);
        assert!(refused["error"].as_str().unwrap().starts_with("No existe ese "), "{key}");
    }
}

#[test]
fn a_name_may_not_become_blank_or_another_entrys() {
    let app = app();
    let admin = app.superuser();
    for key in KEYS {
        let id = admin.post(&create(key), body("Primero")).is(201).id();
        admin.put(&edit(key, id), json!({"name": " "})).is(400).complains_about(&["name"]);
        admin.patch(&edit(key, id), json!({"name": null})).is(400).complains_about(&["name"]);
    }
    for key in UNIQUE {
        let id = admin.post(&create(key), body("Segundo")).is(201).id();
        admin.put(&edit(key, id), body("PRIMÉRO")).is(400).complains_about(&["name"]);
        // Its own name in another spelling is no collision.
        assert_eq!(admin.put(&edit(key, id), body("SEGUNDO")).is(200)["name"], "SEGUNDO");
    }
}

#[test]
fn what_is_absent_stays_as_it_is() {
    let app = app();
    let admin = app.superuser();
    for key in KEYS {
        let made = admin.post(&create(key), body("Primero")).is(201);
        assert_eq!(admin.put(&edit(key, made.id()), json!({})).is(200).json, made.json, "{key}");
        let renamed = admin.patch(&edit(key, made.id()), json!({"name": "Último"})).is(200);
        assert_eq!((renamed.id(), &renamed["name"]), (made.id(), &json!("Último")), "{key}");
    }
    let prices = "predetermined_prices";
    let id = admin.post(&create(prices), body("Sesión")).is(201).id();
    let changed = admin.put(&edit(prices, id), json!({"price": "150.0"})).is(200);
    assert_eq!((&changed["name"], &changed["price"]), (&json!("Sesión"), &json!("150.00")));
    admin.put(&edit(prices, id), json!({"price": -1})).is(400).complains_about(&["price"]);
    let statuses = "payment_statuses";
    let status = json!({"name": "Observado", "description": "Falta el voucher"});
    let id = admin.post(&create(statuses), status).is(201).id();
    let cleared = admin.patch(&edit(statuses, id), json!({"description": ""})).is(200);
    assert_eq!(cleared["description"], json!(null));
}
