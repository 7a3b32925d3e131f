use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value as Json, json};

use crate::tests::builders::{app, client_with, document_type, place, user_with};

const PATH: &str = "/api/patients/patients/";

fn body(change: Json) -> Json {
    let mut body = json!({"document_number": "45678901", "paternal_lastname": "Pérez", "maternal_lastname": "Quispe", "name": "José"});
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    body
}

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
fn a_document_is_taken_once_within_its_kind() {
    let app = app();
    let admin = app.superuser();
    let other = json!({"name": "Otro", "paternal_lastname": "Apellido"});
    admin.post(PATH, body(json!({}))).is(201);
    let refused = admin.post(PATH, body(other.clone())).is(400);
    refused.complains_about(&["document_number"]);
    assert!(refused["document_number"][0].as_str().unwrap().contains("ya está registrado"));
    let mut typed = other;
    typed["document_type_id"] = json!(document_type(&app, "DNI"));
    admin.post(PATH, body(typed.clone())).is(201);
    typed["name"] = json!("Tercero");
    admin.post(PATH, body(typed)).is(400).complains_about(&["document_number"]);
}

#[test]
fn a_namesake_of_the_same_or_unknown_birth_date_is_a_conflict_until_confirmed() {
    let app = app();
    let admin = app.superuser();
    let first = admin.post(PATH, body(json!({"birth_date": "1990-01-01"}))).is(201).id();
    let twin = |change: Json| {
        let mut twin = body(
            json!({"document_number": "45678902", "name": "JOSE", "paternal_lastname": "perez"}),
        );
        twin.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        twin
    };
    for change in [json!({}), json!({"birth_date": "1990-01-01"})] {
        let refused = admin.post(PATH, twin(change)).is(409);
        assert_eq!(
            (&refused["data"]["id"], &refused["restorable"]),
            (&json!(first), &json!(false))
        );
    }
    admin.post(PATH, twin(json!({"birth_date": "1991-01-01"}))).is(201);
    admin
        .post(PATH, twin(json!({"document_number": "45678903", "confirm_duplicate": true})))
        .is(201);
}

#[test]
fn a_deleted_patient_is_offered_back() {
    let app = app();
    let admin = app.superuser();
    let id = admin.post(PATH, body(json!({}))).is(201).id();
    admin.delete(&format!("{PATH}{id}/")).is(204);
    for change in [json!({"name": "Otro nombre"}), json!({"document_number": "45678909"})] {
        let refused = admin.post(PATH, body(change)).is(409);
        assert_eq!((&refused["restorable"], &refused["data"]["id"]), (&json!(true), &json!(id)));
    }
    let back = admin.post(&format!("{PATH}{id}/restore/"), json!({})).is(200);
    assert_eq!(back["deleted_at"], json!(null));
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

#[test]
fn the_same_patient_registered_by_twenty_desks_at_once_is_registered_once() {
    let app = app();
    let user = user_with(&app, "crowd", &["patients.add"]);
    let token = app.token_of(user, platform::auth::token::TokenType::Access);
    let statuses: Vec<u16> = app.runtime().block_on(async {
        let mut waiting = Vec::new();
        for number in 0..20 {
            let mut each = body(json!({"name": format!("Nombre {number}")}));
            each["confirm_duplicate"] = json!(true);
            let request = Request::post(PATH)
                .header("host", "testserver")
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/json")
                .body(Body::from(each.to_string()))
                .unwrap();
            let router = app.router();
            waiting.push(tokio::spawn(async move {
                use tower::ServiceExt;
                router.oneshot(request).await.unwrap().status().as_u16()
            }));
        }
        let mut statuses = Vec::new();
        for answer in waiting {
            statuses.push(answer.await.unwrap());
        }
        statuses
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 19, "{statuses:?}");
    assert_eq!(app.number("SELECT COUNT(*) FROM patients"), 1);
}
