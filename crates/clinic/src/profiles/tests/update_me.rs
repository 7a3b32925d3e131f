use serde_json::json;

use super::builders::rosa;
use crate::tests::builders::app;

const PATH: &str = "/api/profiles/users/me/update/";

#[test]
fn a_stranger_may_not_and_wrong_values_are_named() {
    let app = app();
    app.anonymous().patch(PATH, json!({})).is(401);
    let client = app.client_of(rosa(&app));
    client.put(PATH, json!({})).is(400).complains_about(&[
        "name",
        "paternal_lastname",
        "maternal_lastname",
    ]);
    for (body, field) in [
        (json!({"name": "x".repeat(101)}), "name"),
        (json!({"name": " "}), "name"),
        (json!({"paternal_lastname": ["a"]}), "paternal_lastname"),
        (json!({"phone": "123456"}), "phone"),
        (json!({"phone": "1".repeat(16)}), "phone"),
        (json!({"sex": "Z"}), "sex"),
        (json!({"photo_url": "javascript:alert(1)"}), "photo_url"),
        (json!({"photo_url": format!("https://x.pe/{}", "x".repeat(250))}), "photo_url"),
    ] {
        client.patch(PATH, body).is(400).complains_about(&[field]);
    }
    client.send(axum::http::Method::PATCH, PATH, Some("application/json"), b"[1]".to_vec()).is(400);
    client.send(axum::http::Method::PATCH, PATH, Some("application/json"), b"{".to_vec()).is(400);
}

#[test]
fn own_data_changes_and_what_is_not_ones_own_to_change_stays() {
    let app = app();
    let client = app.client_of(rosa(&app));
    let sent = json!({"name": "Rosa María", "paternal_lastname": "Quispe", "maternal_lastname": "Flores",
        "phone": "+51 987 654", "sex": "F", "photo_url": "https://x.pe/a.png", "email": "otra@example.com",
        "is_superuser": true, "is_staff": true, "user_name": "jefa", "document_number": "1", "password": "x"});
    let answer = client.put(PATH, sent).is(200);
    assert!(answer["message"].is_string());
    let user = &answer["user"];
    assert_eq!(user["full_name"], "Rosa María Quispe Flores");
    assert_eq!((&user["phone"], &user["sex"]), (&json!("+51 987 654"), &json!("F")));
    assert_eq!(user["profile_photo_url"], "https://x.pe/a.png");
    for (key, value) in [
        ("email", json!("rosa@example.com")),
        ("user_name", json!("rosa")),
        ("is_superuser", json!(false)),
        ("is_staff", json!(false)),
        ("document_number", json!(null)),
    ] {
        assert_eq!(user[key], value, "{key}");
    }
    let cleared = client.patch("/api/profiles/users/me/", json!({"phone": null})).is(200);
    assert_eq!(cleared["user"]["phone"], json!(null));
    assert_eq!(cleared["user"]["name"], "Rosa María");
}
