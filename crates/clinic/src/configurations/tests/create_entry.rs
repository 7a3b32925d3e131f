use axum::http::Method;
use serde_json::json;

use super::{KEYS, UNIQUE, body, create, delete, list};
use crate::tests::builders::{app, client_with};

#[test]
fn a_stranger_and_a_reader_may_not() {
    let app = app();
    let reader = client_with(&app, "reader", &["configurations.view"]);
    for key in KEYS {
        app.anonymous().post(&create(key), body("Nuevo")).is(401);
        reader.post(&create(key), body("Nuevo")).is(403);
        assert_eq!(app.superuser().get(&create(key)).is(405).header("allow"), "POST");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM document_types WHERE name = 'Nuevo'"), 0);
}

#[test]
fn bodies_that_cannot_be_are_refused() {
    let app = app();
    let admin = app.superuser();
    for key in KEYS {
        let malformed = |text: &str| {
            admin.send(Method::POST, &create(key), Some("application/json"), text.into()).is(400)
        };
        assert_eq!(malformed("{\"name\":")["code"], "parse_error");
        malformed("[]").complains_about(&["non_field_errors"]);
        for name in [json!(null), json!(""), json!("   "), json!(true), json!("x".repeat(101))] {
            let mut wrong = body("");
            wrong["name"] = name;
            admin.post(&create(key), wrong).is(400).complains_about(&["name"]);
        }
        admin.post(&create(key), json!({"price": 1})).is(400).complains_about(&["name"]);
    }
    let prices = create("predetermined_prices");
    for price in [json!(null), json!("cien"), json!("-0.01"), json!("1.234"), json!(1_000_000)] {
        let wrong = json!({"name": "Sesión", "price": price});
        admin.post(&prices, wrong).is(400).complains_about(&["price"]);
    }
    admin.post(&prices, json!({})).is(400).complains_about(&["name", "price"]);
    assert_eq!(app.number("SELECT COUNT(*) FROM predetermined_prices"), 0);
}

#[test]
fn a_name_stands_once_whatever_its_case_and_accents() {
    let app = app();
    let admin = app.superuser();
    for key in UNIQUE {
        admin.post(&create(key), body("Crédito")).is(201);
        for same in ["Crédito", "CREDITO", "  credito "] {
            let twice = admin.post(&create(key), body(same)).is(400);
            twice.complains_about(&["name"]);
            assert!(twice["name"][0].as_str().unwrap().contains("ya está registrado"));
        }
    }
    // Two prices may be called alike: the list of prices knows no such rule.
    admin.post(&create("predetermined_prices"), body("Sesión")).is(201);
    admin.post(&create("predetermined_prices"), body("Sesión")).is(201);
}

#[test]
fn a_new_entry_is_answered_and_listed() {
    let app = app();
    let manager = client_with(&app, "manager", &["configurations.view", "configurations.manage"]);
    for key in KEYS {
        let made = manager.post(&create(key), body("  Nueva  entrada ")).is(201);
        assert_eq!(made["name"], "Nueva  entrada");
        assert_eq!(made["restored"], json!(null));
        let listed = manager.get(&list(key)).is(200);
        let ids: Vec<i64> =
            listed[key].as_array().unwrap().iter().map(|e| e["id"].as_i64().unwrap()).collect();
        assert!(ids.contains(&made.id()), "{key}");
    }
    let status = json!({"name": "Observado", "description": "Falta el voucher"});
    let made = manager.post(&create("payment_statuses"), status).is(201);
    assert_eq!(made["description"], "Falta el voucher");
    let price = json!({"name": "Sesión", "price": 50.5});
    assert_eq!(manager.post(&create("predetermined_prices"), price).is(201)["price"], "50.50");
}

#[test]
fn a_deleted_name_comes_back_with_its_id_and_the_new_spelling() {
    let app = app();
    let admin = app.superuser();
    for key in UNIQUE {
        let id = admin.post(&create(key), body("Credito")).is(201).id();
        admin.delete(&delete(key, id)).is(200);
        let back = admin.post(&create(key), body("CRÉDITO")).is(200);
        assert_eq!((back.id(), &back["restored"]), (id, &json!(true)), "{key}");
        assert_eq!(back["name"], "CRÉDITO", "{key}");
        admin.post(&create(key), body("crédito")).is(400).complains_about(&["name"]);
    }
    // A deleted price leaves its name free, and stays deleted.
    let prices = "predetermined_prices";
    let id = admin.post(&create(prices), body("Sesión")).is(201).id();
    admin.delete(&delete(prices, id)).is(200);
    assert_ne!(admin.post(&create(prices), body("Sesión")).is(201).id(), id);
}
