use axum::http::Method;
use image::ImageFormat;
use serde_json::json;
use testkit::{Client, Reply};

use super::builders::therapist;
use crate::tests::builders::{
    MULTIPART, app_with_uploads, client_with, multipart, picture, uploads,
};

const PATH: &str = "/api/therapists/therapists/";

fn send(client: &Client<'_>, method: Method, id: impl std::fmt::Display, file: &[u8]) -> Reply {
    let body = multipart(&[("profile_picture", Some("../../evil.php"), file)]);
    client.send(method, &format!("{PATH}{id}/photo/"), Some(MULTIPART), body)
}

#[test]
fn who_may_not_change_therapists_and_unknown_ones_are_refused() {
    let (app, folder) = app_with_uploads();
    let id = therapist(&app, "12345678");
    let file = picture(ImageFormat::Png, 8);
    send(&app.anonymous(), Method::POST, id, &file).is(401);
    let reader = client_with(&app, "reader", &["therapists.view"]);
    send(&reader, Method::POST, id, &file).is(403);
    send(&reader, Method::DELETE, id, &file).is(403);
    let admin = app.superuser();
    let gone = therapist(&app, "12345679");
    admin.delete(&format!("{PATH}{gone}/")).is(204);
    for unknown in ["999999", "abc", &gone.to_string()] {
        send(&admin, Method::POST, unknown, &file).is(404);
        admin.delete(&format!("{PATH}{unknown}/photo/")).is(404);
    }
    send(&admin, Method::POST, id, b"<?php").is(400).complains_about(&["profile_picture"]);
    admin
        .post(&format!("{PATH}{id}/photo/"), json!({}))
        .is(400)
        .complains_about(&["profile_picture"]);
    assert!(uploads(&folder).is_empty());
}

#[test]
fn a_picture_is_seen_by_users_only_and_its_file_goes_with_it() {
    let (app, folder) = app_with_uploads();
    let id = therapist(&app, "12345678");
    let admin = app.superuser();
    let first = send(&admin, Method::POST, id, &picture(ImageFormat::Jpeg, 40)).is(200);
    let address = first["profile_picture"].as_str().unwrap().to_owned();
    assert!(address.starts_with(&format!("/media/therapists/photos/{id}-")), "{address}");
    app.anonymous().get(&address).is(401);
    let seen = client_with(&app, "nobody", &[]).get(&address).is(200);
    assert_eq!(seen.header("content-type"), "image/jpeg");
    assert!(seen.header("cache-control").starts_with("private"));

    // A form that sends the address back changes nothing.
    admin.patch(&format!("{PATH}{id}/"), json!({"profile_picture": address})).is(200);
    assert_eq!(uploads(&folder).len(), 1);
    let second = send(&admin, Method::PUT, id, &picture(ImageFormat::Png, 8)).is(200);
    assert_ne!(second["profile_picture"], first["profile_picture"]);
    assert_eq!(uploads(&folder).len(), 1);
    admin.get(&address).is(404);
    admin.patch(&format!("{PATH}{id}/"), json!({"profile_picture": "https://x.pe/a.png"})).is(200);
    assert!(uploads(&folder).is_empty());
    send(&admin, Method::PUT, id, &picture(ImageFormat::Png, 8)).is(200);
    let without = admin.delete(&format!("{PATH}{id}/photo/")).is(200);
    assert!(without["profile_picture"].is_null() && uploads(&folder).is_empty());
}

#[test]
fn nobody_removes_anothers_file_by_naming_it() {
    let (app, folder) = app_with_uploads();
    let admin = app.superuser();
    let (one, other) = (therapist(&app, "12345678"), therapist(&app, "12345679"));
    let made = send(&admin, Method::POST, one, &picture(ImageFormat::Png, 8)).is(200);
    let address = &made["profile_picture"];
    let path = format!("{PATH}{other}/");
    admin.patch(&path, json!({"profile_picture": address})).is(200);
    admin.patch(&path, json!({"profile_picture": null})).is(200);
    admin.patch(&path, json!({"profile_picture": address})).is(200);
    admin.delete(&format!("{path}photo/")).is(200);
    assert_eq!(uploads(&folder).len(), 1);
}
