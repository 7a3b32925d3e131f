use axum::http::Method;
use image::ImageFormat;
use serde_json::json;
use testkit::{Client, Reply};

use crate::tests::builders::{
    MULTIPART, Part, app_with_uploads, client_with, multipart, picture, uploads,
};

const PATH: &str = "/api/profiles/users/me/photo/";

fn send(client: &Client<'_>, parts: &[Part<'_>]) -> Reply {
    client.send(Method::POST, PATH, Some(MULTIPART), multipart(parts))
}

#[test]
fn strangers_and_what_is_no_photo_are_refused_by_field() {
    let (app, folder) = app_with_uploads();
    let file = picture(ImageFormat::Png, 8);
    send(&app.anonymous(), &[("profile_photo", Some("a.png"), &file)]).is(401);
    app.anonymous().delete(PATH).is(401);
    let ana = client_with(&app, "ana", &[]);
    send(&ana, &[("profile_photo", Some("a.png"), b"<html>")])
        .is(400)
        .complains_about(&["profile_photo"]);
    for nothing in [json!({}), json!({"photo_url": null}), json!({"photo_url": " "})] {
        ana.post(PATH, nothing).is(400).complains_about(&["profile_photo", "photo_url"]);
    }
    for address in [
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "//x.pe/a.png",
        "/media/users/photos/999-a.png",
        "/media/users/photos/../../a.png",
        "https://x.pe/a b.png",
        "https://x.pe/\"onerror=\"alert(1)",
        &format!("https://x.pe/{}", "x".repeat(250)),
    ] {
        ana.post(PATH, json!({"photo_url": address})).is(400).complains_about(&["photo_url"]);
    }
    assert!(ana.delete(PATH).is(400)["message"].is_string());
    assert!(uploads(&folder).is_empty());
}

#[test]
fn a_photo_is_a_file_or_an_address_and_the_old_file_goes() {
    let (app, folder) = app_with_uploads();
    let ana = client_with(&app, "ana", &[]);
    let file = picture(ImageFormat::Jpeg, 2_000);
    // The file wins over the address that the same form sends.
    let parts = [
        ("photo_url", None, &b"https://x.pe/old.png"[..]),
        ("profile_photo", Some("yo.jpg"), file.as_slice()),
    ];
    let done = send(&ana, &parts).is(200);
    assert!(done["message"].is_string());
    let address = done["photo_url"].as_str().unwrap().to_owned();
    let path = address.strip_prefix("http://testserver").unwrap().to_owned();
    assert!(path.starts_with("/media/users/photos/"), "{path}");
    let seen = ana.get(&path).is(200);
    assert_eq!(image::load_from_memory(&seen.bytes).unwrap().width(), 1_024);
    app.anonymous().get(&path).is(401);
    let stored = app.read(|conn| {
        let sql = "SELECT photo_url FROM users WHERE user_name = 'ana'";
        Ok(conn.one::<String>(sql, &[])?)
    });
    assert_eq!(stored, path, "the site may get another name");

    // Sent back, it stays.
    assert_eq!(ana.post(PATH, json!({"photo_url": address})).is(200)["photo_url"], address);
    assert_eq!(uploads(&folder).len(), 1);
    let elsewhere = ana.post(PATH, json!({"photo_url": "https://x.pe/a.png"})).is(200);
    assert_eq!(elsewhere["photo_url"], "https://x.pe/a.png");
    assert!(uploads(&folder).is_empty());
    send(&ana, &[("profile_photo", Some("a.png"), &file)]).is(200);
    assert!(ana.delete(PATH).is(200)["message"].is_string());
    assert!(uploads(&folder).is_empty());
    ana.delete(PATH).is(400);
}

#[test]
fn nobody_removes_anothers_photo_by_naming_it() {
    let (app, folder) = app_with_uploads();
    let (ana, eva) = (client_with(&app, "ana", &[]), client_with(&app, "eva", &[]));
    let file = picture(ImageFormat::Png, 8);
    let done = send(&ana, &[("profile_photo", Some("a.png"), &file)]).is(200);
    // As an address of the web it may be named; it is still not eva's file.
    eva.post(PATH, json!({"photo_url": done["photo_url"]})).is(200);
    eva.delete(PATH).is(200);
    assert_eq!(uploads(&folder).len(), 1);
}
