use axum::http::Method;
use image::ImageFormat;
use serde_json::json;

use super::{PATH, send};
use crate::tests::builders::{app, app_with_uploads, client_with, picture, uploads};

#[test]
fn everybody_inside_reads_and_who_manages_writes() {
    let app = app();
    let id = app.superuser().post(PATH, json!({"company_name": "Reflexo"})).is(201).id();
    let one = format!("{PATH}{id}/");
    app.anonymous().get(PATH).is(401);
    let reader = client_with(&app, "reader", &["configurations.view"]);
    reader.get(PATH).is(200);
    reader.get(&one).is(200);
    reader.post(PATH, json!({"company_name": "Otra"})).is(403);
    reader.post(&format!("{PATH}store/"), json!({"company_name": "Otra"})).is(403);
    reader.put(&one, json!({"company_name": "Otra"})).is(403);
    reader.patch(&one, json!({"company_name": "Otra"})).is(403);
    reader.delete(&one).is(403);
    let manager = client_with(&app, "manager", &["configurations.manage"]);
    manager.put(&one, json!({"company_name": "Otra"})).is(200);
}

#[test]
fn unknown_ids_are_not_found_whatever_the_verb() {
    let app = app();
    let admin = app.superuser();
    for id in ["999999", "abc", "0"] {
        let path = format!("{PATH}{id}/");
        assert!(admin.get(&path).is(404)["detail"].is_string());
        admin.put(&path, json!({"company_name": "x"})).is(404);
        admin.patch(&path, json!({"company_name": "x"})).is(404);
        let refused = [admin.get(&format!("{path}show/")).is(404), admin.delete(&path).is(404)];
        for refused in refused {
            assert!(refused["message"].is_string());
            assert!(id == "abc" || refused["status"] == "error");
        }
    }
}

#[test]
fn a_name_is_needed_trimmed_and_nobody_elses() {
    let app = app();
    let admin = app.superuser();
    for body in [
        json!({}),
        json!({"company_name": " "}),
        json!({"company_name": null}),
        json!({"company_name": []}),
        json!({"company_name": "x".repeat(267)}),
    ] {
        for path in [PATH, &format!("{PATH}store/")] {
            let refused = admin.post(path, body.clone()).is(400);
            refused.complains_about(&["company_name"]);
            assert!(refused["error"].is_string());
        }
    }
    let made = admin.post(PATH, json!({"company_name": "  Reflexo Perú "})).is(201);
    assert_eq!(made["company_name"], "Reflexo Perú");
    assert_eq!(
        (&made["company_logo"], &made["logo_url"], &made["has_logo"]),
        (&json!(null), &json!(null), &json!(false))
    );
    assert!(made.json.get("warning").is_none());
    let twin = json!({"company_name": "REFLEXO PERU"});
    admin.post(PATH, twin.clone()).is(400).complains_about(&["company_name"]);
    let other = admin.post(PATH, json!({"company_name": "Otra"})).is(201).id();
    admin.put(&format!("{PATH}{other}/"), twin).is(400).complains_about(&["company_name"]);
    admin.patch(&format!("{PATH}{other}/"), json!({})).is(400).complains_about(&["company_name"]);
    admin.post(PATH, json!({"company_name": "Tercera", "company_logo": null})).is(201);
    let text = json!({"company_name": "Cuarta", "company_logo": "https://x.pe/a.png"});
    admin.post(PATH, text).is(400).complains_about(&["company_logo"]);
}

#[test]
fn the_list_is_wrapped_and_by_name_or_as_asked_for() {
    let app = app();
    let admin = app.superuser();
    let ids: Vec<i64> = ["Ñandú", "alfa", "Zeta"]
        .map(|name| admin.post(PATH, json!({"company_name": name})).is(201).id())
        .to_vec();
    let list = |query: &str| -> Vec<i64> {
        let answer = admin.get(&format!("{PATH}{query}")).is(200);
        assert_eq!(answer["status"], "success");
        answer["data"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
    };
    assert_eq!(list(""), [ids[1], ids[0], ids[2]]);
    assert_eq!(list("?ordering=-company_name"), [ids[2], ids[0], ids[1]]);
    assert_eq!(list("?ordering=id"), ids);
    assert_eq!(list("?ordering=company_logo"), [ids[1], ids[0], ids[2]], "unknown orders are none");
    let shown = admin.get(&format!("{PATH}{}/show/", ids[0])).is(200);
    assert_eq!(
        (&shown["status"], &shown["data"]["company_name"]),
        (&json!("success"), &json!("Ñandú"))
    );
    let root = admin.get("/api/company/").is(200);
    assert_eq!(root["company"], format!("http://testserver{PATH}"));
}

#[test]
fn store_adds_or_changes_and_answers_200_either_way() {
    let app = app();
    let admin = app.superuser();
    let store = format!("{PATH}store/");
    let made = admin.post(&store, json!({"company_name": "Reflexo", "id": null})).is(200);
    let changed = admin.post(&store, json!({"company_name": "Otra", "id": made.id()})).is(200);
    assert_eq!((changed.id(), &changed["company_name"]), (made.id(), &json!("Otra")));
    for id in [json!(999_999), json!("abc"), json!([1]), json!(1.5)] {
        let body = json!({"company_name": "X", "id": id});
        admin.post(&store, body).is(400).complains_about(&["id"]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM table_company_data"), 1);
}

#[test]
fn data_are_deleted_for_good_with_their_logo() {
    let (app, folder) = app_with_uploads();
    let admin = app.superuser();
    let logo = picture(ImageFormat::Png, 8);
    let parts =
        [("company_name", None, &b"Reflexo"[..]), ("company_logo", Some("a.png"), logo.as_slice())];
    let id = send(&admin, Method::POST, PATH, &parts).is(201).id();
    assert_eq!(uploads(&folder).len(), 1);
    let deleted = admin.delete(&format!("{PATH}{id}/")).is(200);
    assert_eq!(deleted["status"], "success");
    assert!(deleted["message"].is_string());
    assert_eq!(app.number("SELECT COUNT(*) FROM table_company_data"), 0);
    assert!(uploads(&folder).is_empty());
}
