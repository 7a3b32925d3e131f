use axum::http::Method;
use image::ImageFormat;
use serde_json::json;
use testkit::{Reply, TestApp};

use super::{PATH, send};
use crate::tests::builders::{app_with_uploads, client_with, picture, uploads};

fn company(app: &TestApp) -> i64 {
    app.superuser().post(PATH, json!({"company_name": "Reflexo"})).is(201).id()
}

fn upload(app: &TestApp, id: i64, method: Method, name: &str, content: &[u8]) -> Reply {
    let path = format!("{PATH}{id}/upload_logo/");
    send(&app.superuser(), method, &path, &[(name, Some("x.png"), content)])
}

#[test]
fn strangers_readers_and_unknown_companies_are_refused() {
    let (app, folder) = app_with_uploads();
    let id = company(&app);
    let path = format!("{PATH}{id}/upload_logo/");
    let logo = picture(ImageFormat::Png, 8);
    let parts = [("company_logo", Some("a.png"), logo.as_slice())];
    let reader = client_with(&app, "reader", &["configurations.view"]);
    for method in [Method::POST, Method::PUT] {
        send(&app.anonymous(), method.clone(), &path, &parts).is(401);
        send(&reader, method.clone(), &path, &parts).is(403);
        for unknown in ["999999", "abc"] {
            let path = format!("{PATH}{unknown}/upload_logo/");
            send(&app.superuser(), method.clone(), &path, &parts).is(404);
        }
    }
    reader.delete(&format!("{PATH}{id}/delete_logo/")).is(403);
    app.superuser().delete(&format!("{PATH}999999/delete_logo/")).is(404);
    app.superuser().get(&format!("{PATH}999999/show_logo/")).is(404);
    assert!(uploads(&folder).is_empty());
}

#[test]
fn what_is_no_picture_is_refused_under_the_name_it_was_sent() {
    let (app, folder) = app_with_uploads();
    let id = company(&app);
    let png = picture(ImageFormat::Png, 8);
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let large = [png.clone(), vec![0; 2 * 1024 * 1024]].concat();
    for content in [
        &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..],
        b"<html><script>alert(1)</script>",
        gif,
        b"x",
        &png[..png.len() / 2],
        &large,
    ] {
        for name in ["company_logo", "logo"] {
            upload(&app, id, Method::POST, name, content).is(400).complains_about(&[name]);
            upload(&app, id, Method::PUT, name, content).is(400).complains_about(&[name]);
        }
    }
    let path = format!("{PATH}{id}/upload_logo/");
    let admin = app.superuser();
    for body in [json!({}), json!({"company_logo": "https://x.pe/a.png"}), json!({"logo": null})] {
        let refused = admin.post(&path, body).is(400);
        refused.complains_about(&["company_logo"]);
        assert!(refused["error"].is_string());
    }
    // More than is kept of a file, and more than is read of a request.
    let very_large = vec![0xff; 17 * 1024 * 1024];
    upload(&app, id, Method::PUT, "logo", &very_large).is(400).complains_about(&["logo"]);
    let huge = vec![0; 36 * 1024 * 1024];
    assert_eq!(upload(&app, id, Method::PUT, "logo", &huge).is(413)["code"], "too_large");
    assert!(uploads(&folder).is_empty());
    assert_eq!(admin.get(&format!("{PATH}{id}/")).is(200)["has_logo"], false);
}

#[test]
fn a_logo_is_written_anew_shown_to_everybody_and_replaced_with_its_file() {
    let (app, folder) = app_with_uploads();
    let id = company(&app);
    let admin = app.superuser();
    let hidden =
        [picture(ImageFormat::Jpeg, 3_000), b"<script>alert(1)</script>".to_vec()].concat();
    assert!(upload(&app, id, Method::POST, "logo", &hidden).is(200)["message"].is_string());
    let refused = upload(&app, id, Method::POST, "logo", &hidden).is(400);
    assert_eq!(refused["code"], "has_logo");
    assert!(refused["error"].is_string());
    let first = uploads(&folder);
    assert_eq!(first.len(), 1);

    let shown = admin.get(&format!("{PATH}{id}/")).is(200);
    let address = shown["company_logo"].as_str().unwrap().to_owned();
    assert_eq!((&shown["logo_url"], &shown["has_logo"]), (&json!(address), &json!(true)));
    let path = address.strip_prefix("http://testserver").unwrap();
    assert!(path.starts_with("/media/company_logos/") && path.contains(".jpg"), "{path}");
    let file = app.anonymous().get(path).is(200);
    assert_eq!(file.header("content-type"), "image/jpeg");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    let read = image::load_from_memory(&file.bytes).unwrap();
    assert_eq!((read.width(), read.height()), (1_200, 1_200));
    assert!(!file.text.contains("<script"));
    let same = admin.get(&format!("{PATH}{id}/show_logo/")).is(200);
    assert_eq!(same.bytes, file.bytes);

    let webp = picture(ImageFormat::WebP, 8);
    upload(&app, id, Method::PUT, "company_logo", &webp).is(200);
    let second = uploads(&folder);
    assert!(second.len() == 1 && second != first, "the old file goes");
    app.anonymous().get(path).is(404);

    admin.delete(&format!("{PATH}{id}/delete_logo/")).is(200);
    admin.delete(&format!("{PATH}{id}/delete_logo/")).is(200);
    assert!(uploads(&folder).is_empty());
    assert_eq!(admin.get(&format!("{PATH}{id}/show_logo/")).is(404)["code"], "not_found");
}

#[test]
fn a_change_with_a_logo_that_is_none_keeps_the_old_one_and_warns() {
    let (app, folder) = app_with_uploads();
    let id = company(&app);
    let admin = app.superuser();
    let path = format!("{PATH}{id}/");
    let change = |name: &str, content: &[u8]| {
        let parts =
            [("company_name", None, name.as_bytes()), ("company_logo", Some("a.png"), content)];
        send(&admin, Method::PUT, &path, &parts).is(200)
    };
    let with_logo = change("Uno", &picture(ImageFormat::Png, 8));
    assert!(with_logo.json.get("warning").is_none());
    let kept = uploads(&folder);
    let warned = change("Dos", b"<svg/>");
    assert_eq!(warned["company_name"], "Dos");
    assert!(warned["warning"].as_str().unwrap().contains("JPG"));
    assert_eq!(warned["company_logo"], with_logo["company_logo"]);
    let text = json!({"company_name": "Tres", "company_logo": "company_logos/../../etc/passwd"});
    assert!(admin.patch(&path, text).is(200)["warning"].is_string());
    // A form that sends the address back, or a file input without a file, changes nothing.
    let echo = json!({"company_name": "Tres", "company_logo": with_logo["company_logo"]});
    assert!(admin.put(&path, echo).is(200).json.get("warning").is_none());
    let empty = [("company_name", None, &b"Tres"[..]), ("company_logo", Some(""), &b""[..])];
    send(&admin, Method::PUT, &path, &empty).is(200);
    assert_eq!(uploads(&folder), kept);
    change("Cuatro", &picture(ImageFormat::Png, 8));
    assert!(uploads(&folder).len() == 1 && uploads(&folder) != kept);
    let without = admin.put(&path, json!({"company_name": "Cinco", "company_logo": null})).is(200);
    assert_eq!(without["has_logo"], false);
    assert!(uploads(&folder).is_empty());
}

#[test]
fn a_write_that_is_refused_leaves_no_file() {
    let (app, folder) = app_with_uploads();
    company(&app);
    let other = app.superuser().post(PATH, json!({"company_name": "Otra"})).is(201).id();
    let logo = picture(ImageFormat::Png, 8);
    let parts =
        [("company_name", None, &b"reflexo"[..]), ("company_logo", Some("a.png"), logo.as_slice())];
    send(&app.superuser(), Method::POST, PATH, &parts).is(400).complains_about(&["company_name"]);
    let path = format!("{PATH}{other}/");
    send(&app.superuser(), Method::PUT, &path, &parts).is(400).complains_about(&["company_name"]);
    assert!(uploads(&folder).is_empty());
}

#[test]
fn no_address_leads_out_of_the_folder() {
    let (app, folder) = app_with_uploads();
    std::fs::write(folder.path().join("secret.png"), "secret").unwrap();
    let anyone = app.anonymous();
    for path in [
        "/media/company_logos/../secret.png",
        "/media/company_logos/..%2Fsecret.png",
        "/media/company_logos/%2e%2e/secret.png",
        "/media/company_logos/..%5Csecret.png",
        "/media/company_logos/.hidden.png",
        "/media/company_logos/a%00.png",
        "/media/secret.png",
        "/media/company_logos/none.png",
        "/media/company_logos/",
    ] {
        let answer = anyone.get(path).is(404);
        assert!(!answer.text.contains("secret\n"), "{path}");
    }
}
