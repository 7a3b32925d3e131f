use axum::http::Method;
use serde_json::json;

use super::builders::{PATH, jose as body};
use crate::tests::builders::{app, client_with, document_type, place};

#[test]
fn strangers_readers_and_stale_tokens_may_not() {
    let app = app();
    app.anonymous().post(PATH, body(json!({}))).is(401);
    client_with(&app, "reader", &["patients.view"]).post(PATH, body(json!({}))).is(403);
    let admin = app.superuser();
    app.advance(chrono::Duration::days(31));
    assert_eq!(admin.post(PATH, body(json!({}))).is(401)["code"], "token_not_valid");
    let forged = app.anonymous().with("authorization", "Bearer x.y.z");
    assert_eq!(forged.post(PATH, body(json!({}))).is(401)["code"], "token_not_valid");
    let odd = app.anonymous().with("authorization", "Bearer a b");
    assert_eq!(odd.post(PATH, body(json!({}))).is(401)["code"], "bad_authorization_header");
    assert_eq!(app.number("SELECT COUNT(*) FROM patients"), 0);
}

#[test]
fn bodies_that_are_none_are_refused() {
    let app = app();
    let admin = app.superuser();
    let raw = |content_type: &str, bytes: &[u8]| {
        admin.send(Method::POST, PATH, Some(content_type), bytes.to_vec())
    };
    assert_eq!(raw("application/json", b"{\"name\": ").is(400)["code"], "parse_error");
    raw("application/json", b"[1]").is(400).complains_about(&["non_field_errors"]);
    raw("application/json", b"\xff\xfe").is(400);
    assert_eq!(raw("application/xml", b"<a/>").is(415)["code"], "unsupported_media_type");
    assert_eq!(raw("application/json", &vec![b' '; 10 * 1024 * 1024]).is(413)["code"], "too_large");
    raw("multipart/form-data; boundary=x", b"garbage").is(400);
    raw("application/json", b"").is(400).complains_about(&[
        "document_number",
        "paternal_lastname",
        "name",
    ]);
}

#[test]
fn forms_are_read_like_json() {
    let app = app();
    let form = b"document_number=45678901&paternal_lastname=P%C3%A9rez&name=Jos%C3%A9".to_vec();
    let made = app
        .superuser()
        .send(Method::POST, PATH, Some("application/x-www-form-urlencoded"), form)
        .is(201);
    assert_eq!(made["full_name"], "José Pérez");
    let parts = b"--x\r\nContent-Disposition: form-data; name=\"document_number\"\r\n\r\n45678902\r\n--x\r\nContent-Disposition: form-data; name=\"paternal_lastname\"\r\n\r\nRojas\r\n--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nEva\r\n--x--\r\n";
    app.superuser()
        .send(Method::POST, PATH, Some("multipart/form-data; boundary=x"), parts.to_vec())
        .is(201);
}

#[test]
fn values_that_cannot_be_are_refused_by_field() {
    let app = app();
    let admin = app.superuser();
    let (lima, cusco) = (place(&app, "Lima"), place(&app, "Cusco"));
    let dni = document_type(&app, "DNI");
    for (change, field) in [
        (json!({"document_number": "1234567"}), "document_number"),
        (json!({"document_number": "12345678x"}), "document_number"),
        (json!({"document_number": "1".repeat(21)}), "document_number"),
        (json!({"document_number": "1234567890", "document_type_id": dni}), "document_number"),
        (json!({"document_type_id": 999_999}), "document_type_id"),
        (json!({"name": ""}), "name"),
        (json!({"name": null}), "name"),
        (json!({"name": ["a"]}), "name"),
        (json!({"name": "x".repeat(151)}), "name"),
        (json!({"name": "a\u{0}b"}), "name"),
        (json!({"email": "no es correo"}), "email"),
        (json!({"birth_date": "2026-03-03"}), "birth_date"),
        (json!({"birth_date": "1990-02-30"}), "birth_date"),
        (json!({"phone1": "123"}), "phone1"),
        (json!({"primary_phone": "123"}), "primary_phone"),
        (json!({"region_id": lima.region, "province_id": cusco.province}), "province"),
        (json!({"province_id": lima.province, "district_id": cusco.district}), "district"),
    ] {
        admin.post(PATH, body(change)).is(400).complains_about(&[field]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM patients"), 0);
}

#[test]
fn a_patient_is_answered_whole_with_the_names_old_clients_use() {
    let app = app();
    let place = place(&app, "Lima");
    let made = app.superuser().post(PATH, body(json!({
        "email": null, "ocupation": null, "birth_date": "1990-03-02", "sex": "M", "primary_phone": "987 654 321",
        "region_id": place.region, "province_id": place.province, "district_id": place.district,
        "health_condition": "Hipertensión", "document_type_id": document_type(&app, "DNI"),
    }))).is(201);
    assert_eq!(made["full_name"], "José Pérez Quispe");
    assert_eq!(made["age"], 36);
    assert_eq!(
        (&made["phone1"], &made["primary_phone"]),
        (&json!("987 654 321"), &json!("987 654 321"))
    );
    assert_eq!(made["district"]["region_name"], "Lima");
    assert_eq!(made["health_condition"], "Hipertensión");
    assert_eq!(made["document_type"]["name"], "DNI");
    let reception = client_with(&app, "desk", &["patients.view"]);
    assert_eq!(
        reception.get(&format!("{PATH}{}/", made.id())).is(200)["health_condition"],
        json!(null)
    );
}

#[test]
fn the_keys_stand_in_the_order_of_the_contract() {
    let app = app();
    let made = app.superuser().post(PATH, body(json!({}))).is(201);
    let contract = [
        "id",
        "document_number",
        "paternal_lastname",
        "maternal_lastname",
        "name",
        "personal_reference",
        "birth_date",
        "sex",
        "phone1",
        "phone2",
        "email",
        "ocupation",
        "health_condition",
        "address",
        "region",
        "province",
        "district",
        "document_type",
        "created_at",
        "updated_at",
        "deleted_at",
    ];
    let keys: Vec<&str> = made.json.as_object().unwrap().keys().map(String::as_str).collect();
    let known: Vec<&str> = keys.iter().copied().filter(|key| contract.contains(key)).collect();
    assert_eq!(known, contract);
    for added in ["full_name", "age", "primary_phone", "secondary_phone"] {
        assert!(keys.contains(&added), "{added}");
    }
}

#[test]
fn a_shared_email_is_a_warning_and_no_error() {
    let app = app();
    let admin = app.superuser();
    let first = admin.post(PATH, body(json!({"email": "Familia@example.com"}))).is(201);
    assert_eq!(first["warnings"], json!(null));
    let second =
        body(json!({"email": "familia@example.com", "document_number": "45678902", "name": "Eva"}));
    assert_eq!(admin.post(PATH, second).is(201)["warnings"].as_array().unwrap().len(), 1);
}
