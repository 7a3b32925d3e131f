//! Every route names who may; the API description has every route, and only real ones.

use platform::http::{Access, Route, openapi};
use platform::module::Module;
use serde_json::Value as Json;

use super::builders::app;
use crate::MODULES;

/// Routes that anybody may call (contract, decision 28).
const PUBLIC: &[&str] = &[
    "/api/architect/auth/login/",
    "/api/architect/auth/register/",
    "/api/architect/auth/token/refresh/",
    "/api/architect/auth/token/verify/",
    "/api/profiles/password/policy/",
    "/api/profiles/password/reset/",
    "/api/profiles/password/reset/confirm/",
    "/api/profiles/password/strength/",
    "/api/profiles/verification/email/",
    "/api/profiles/verification/email/confirm/",
];

/// A module's routes, each with its whole path.
fn routes(module: &Module) -> impl Iterator<Item = (String, Route)> {
    let tables = module.route_tables().into_iter();
    tables.flat_map(|(prefix, routes)| {
        routes.into_iter().map(move |route| (format!("{prefix}{}", route.path), route))
    })
}

#[test]
fn only_the_doors_are_public_and_every_permission_is_declared() {
    let declared: Vec<&str> = MODULES
        .iter()
        .flat_map(|module| module.permissions)
        .map(|permission| permission.name)
        .collect();
    for module in MODULES {
        for (path, route) in routes(module) {
            match route.access {
                Access::Public => assert!(PUBLIC.contains(&path.as_str()), "{path} is public"),
                Access::Permission(name) => {
                    assert!(declared.contains(&name), "{path} needs the unknown {name}");
                }
                Access::Authenticated => {}
            }
            assert!(
                !route.doc.summary.is_empty(),
                "{} {path} says nothing of itself",
                route.method
            );
        }
    }
    let mut once = declared.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), declared.len(), "a permission is declared twice");
}

#[test]
fn a_stranger_gets_in_nowhere_else() {
    let app = app();
    let stranger = app.anonymous();
    for module in MODULES {
        for (path, route) in routes(module) {
            if route.access != Access::Public {
                let path = path.replace("{id}", "1");
                stranger.send(route.method.clone(), &path, None, Vec::new()).is(401);
            }
        }
    }
}

#[test]
fn somebody_without_any_role_reads_only_what_everybody_may() {
    let app = app();
    let nobody = super::builders::client_with(&app, "nobody", &[]);
    for module in MODULES {
        for (path, route) in routes(module) {
            let path = path.replace("{id}", "1");
            if matches!(route.access, Access::Permission(_)) {
                nobody.send(route.method.clone(), &path, None, Vec::new()).is(403);
            }
        }
    }
}

#[test]
fn the_description_has_every_route() {
    let app = app();
    let document = openapi::document(app.app());
    for module in MODULES {
        for (path, route) in routes(module) {
            let verb = route.method.as_str().to_lowercase();
            let operation = &document["paths"][&path][&verb];
            assert!(operation["responses"].is_object(), "{verb} {path}");
        }
    }
    // Every schema that is referred to is there.
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "schema {name} is missing");
    }
    assert_eq!(app.anonymous().get("/api/schema/").is(200)["openapi"], Json::from("3.1.0"));
}

#[test]
fn paths_without_their_slash_lead_there_and_other_verbs_are_told() {
    let app = app();
    let admin = app.superuser();
    let moved = admin.get("/api/patients/patients?page=1").is(301);
    assert_eq!(moved.header("location"), "/api/patients/patients/?page=1");
    assert_eq!(
        admin.post("/api/patients/patients", serde_json::json!({})).is(308).header("location"),
        "/api/patients/patients/"
    );
    let told = admin.delete("/api/patients/patients/").is(405);
    assert_eq!(
        (told["code"].as_str(), told.header("allow")),
        (Some("method_not_allowed"), "GET, POST")
    );
    let nowhere = admin.get("/api/nowhere/").is(404);
    assert_eq!(nowhere["code"], "not_found");
    assert!(
        nowhere["request_id"].as_str().unwrap().len() == 32
            && nowhere.header("x-request-id") == nowhere["request_id"]
    );
}

#[test]
fn answers_carry_the_security_headers_and_speak_the_callers_language() {
    let app = app();
    let answer = app.anonymous().get("/api/patients/patients/").is(401);
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert_eq!(answer["message"], "Debe iniciar sesión.");
    let english = app
        .anonymous()
        .with("accept-language", "fr, en-US;q=0.8")
        .get("/api/patients/patients/")
        .is(401);
    assert_eq!(english["message"], "Authentication credentials were not provided.");
    let foreign_host = app.anonymous().with("host", "evil.example").get("/health/").is(400);
    assert_eq!(foreign_host["code"], "host");
    let origin = app.anonymous().with("origin", "http://localhost:3000").get("/health/").is(200);
    assert_eq!(origin.header("access-control-allow-origin"), "http://localhost:3000");
    let foreign = app.anonymous().with("origin", "http://evil.example").get("/health/").is(200);
    assert_eq!(foreign.header("access-control-allow-origin"), "");
}

#[test]
fn the_description_tells_which_bodies_have_files() {
    let app = app();
    let document = openapi::document(app.app());
    let body = &document["paths"]["/api/company/company/"]["post"]["requestBody"]["content"];
    let parts = &body["multipart/form-data"]["schema"];
    assert_eq!(parts["properties"]["company_logo"]["format"], "binary");
    assert_eq!(parts["required"], serde_json::json!(["company_name"]));
    assert!(body["application/json"]["schema"]["properties"]["company_name"].is_object());
    for shown in ["company_logos", "therapists/photos", "users/photos"] {
        let path = format!("/media/{shown}/{{name}}");
        assert!(document["paths"][&path]["get"].is_object(), "{path}");
    }
}
