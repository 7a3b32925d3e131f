use serde_json::json;

use super::{KEYS, body, create, delete, list};
use crate::tests::builders::{app, client_with};

#[test]
fn a_stranger_and_a_reader_may_not() {
    let app = app();
    let reader = client_with(&app, "reader", &["configurations.view"]);
    for key in KEYS {
        app.anonymous().delete(&delete(key, 1)).is(401);
        reader.delete(&delete(key, 1)).is(403);
        let refused = app.superuser().post(&delete(key, 1), json!({})).is(405);
        assert_eq!(refused.header("allow"), "DELETE");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM document_types WHERE deleted_at IS NOT NULL"), 0);
}

#[test]
fn what_is_not_there_cannot_be_deleted_nor_twice() {
    let app = app();
    let admin = app.superuser();
    for key in KEYS {
        admin.delete(&delete(key, 999_999)).is(404);
        admin.delete(&delete(key, "abc")).is(404);
        let id = admin.post(&create(key), body("Pasajero")).is(201).id();
        admin.delete(&delete(key, id)).is(200);
        admin.delete(&delete(key, id)).is(404);
    }
}

#[test]
fn a_deleted_entry_leaves_the_list_and_nothing_else() {
    let app = app();
    let admin = app.superuser();
    for key in KEYS {
        let before = admin.get(&list(key)).is(200);
        let id = admin.post(&create(key), body("Pasajero")).is(201).id();
        let gone = admin.delete(&delete(key, id)).is(200);
        assert_eq!(gone.json, json!({"status": "deleted", "id": id}));
        assert_eq!(admin.get(&list(key)).is(200).json, before.json, "{key}");
    }
}

#[test]
fn the_row_stays_for_those_who_refer_to_it() {
    let app = app();
    let admin = app.superuser();
    let id = admin.post(&create("document_types"), body("Pasajero")).is(201).id();
    admin.delete(&delete("document_types", id)).is(200);
    let kept =
        "SELECT COUNT(*) FROM document_types WHERE name = 'Pasajero' AND deleted_at IS NOT NULL";
    assert_eq!(app.number(kept), 1);
    let told =
        "SELECT COUNT(*) FROM history WHERE table_name = 'document_types' AND action = 'delete'";
    assert_eq!(app.number(told), 1);
}
