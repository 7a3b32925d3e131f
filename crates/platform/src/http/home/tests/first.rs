//! The first page, the viewer, the panel's start page, and errors as pages.

use axum::http::StatusCode;
use serde_json::{Value as Json, json};

use super::{PASSWORD, Site};

#[tokio::test]
async fn the_first_page_speaks_the_browsers_language() {
    let mut site = Site::new();
    let spanish = site.get("/").await;
    assert_eq!(spanish.status, StatusCode::OK);
    assert!(spanish.is_html() && spanish.header("cache-control") == "no-store");
    let page = spanish.text();
    assert!(
        page.contains("<html lang=\"es\">")
            && page.contains("Iniciar sesión")
            && page.contains("Versión 1.2.3")
    );
    for link in ["/api/docs/", "/api/schema/", "/health/", "/admin/login/"] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}");
    }
    let english = site.send("GET", "/", None, &[("accept-language", "en-GB")]).await.text();
    assert!(english.contains("<html lang=\"en\">") && english.contains("Sign in"));
}

#[tokio::test]
async fn the_first_page_is_json_for_who_asks_for_json() {
    let mut site = Site::new();
    let seen = site.send("GET", "/", None, &[("accept", "application/json")]).await;
    let body: Json = serde_json::from_slice(&seen.bytes).unwrap();
    assert_eq!((&body["name"], &body["version"]), (&json!("Prueba"), &json!("1.2.3")));
    assert_eq!(body["links"]["schema"], "/api/schema/");
    assert!(site.send("GET", "/", None, &[("accept", "*/*")]).await.is_html());
}

#[tokio::test]
async fn only_development_says_that_it_is() {
    assert!(Site::new().get("/").await.text().contains("DEBUG=False"));
    let settings = [
        ("DEBUG", "False"),
        ("ALLOWED_HOSTS", "localhost"),
        ("ALLOW_SQLITE", "True"),
        ("SECURE_SSL_REDIRECT", "False"),
    ];
    assert!(!Site::with(&settings).get("/").await.text().contains("DEBUG"));
}

#[tokio::test]
async fn the_viewer_has_no_inline_script_and_a_policy_of_its_own() {
    let seen = Site::new().get("/api/docs/").await;
    assert_eq!(seen.status, StatusCode::OK);
    let page = seen.text();
    assert!(page.contains("data-schema=\"/api/schema/\"") && !page.contains("<script>"));
    let policy = seen.header("content-security-policy");
    assert!(
        policy.starts_with(
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
        )
    );
    assert!(!policy.contains("script-src") && policy.contains("frame-ancestors 'none'"));
}

#[tokio::test]
async fn the_panel_sends_strangers_to_its_log_in() {
    let seen = Site::new().get("/admin/").await;
    assert_eq!(
        (seen.status, seen.header("location")),
        (StatusCode::FOUND, "/admin/login/?next=/admin/")
    );
}

#[tokio::test]
async fn the_panel_is_for_staff() {
    let mut site = Site::new();
    site.person("marta", true).await;
    site.person("luis", false).await;
    site.sign_in("luis", PASSWORD).await;
    let refused = site.get("/admin/").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.is_html() && refused.text().contains("La cuenta luis no tiene acceso"));
    site.post("/admin/logout/", &[]).await;
    site.sign_in("marta", PASSWORD).await;
    let shown = site.get("/admin/").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        shown.text().contains("marta@example.pe")
            && shown.text().contains("action=\"/admin/logout/\"")
    );
}

#[tokio::test]
async fn errors_are_pages_for_browsers_and_json_for_others() {
    let mut site = Site::new();
    let page = site.get("/nowhere/").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.is_html() && page.text().contains("No existe esa dirección."));
    assert_eq!(page.header("cache-control"), "no-store");
    for (path, accept) in
        [("/nowhere/", "application/json"), ("/nowhere/", "*/*"), ("/api/nowhere/", "text/html")]
    {
        let seen = site.send("GET", path, None, &[("accept", accept)]).await;
        assert_eq!(
            (seen.status, seen.is_html()),
            (StatusCode::NOT_FOUND, false),
            "{path} {accept}"
        );
        let body: Json = serde_json::from_slice(&seen.bytes).unwrap();
        assert_eq!(body["code"], "not_found");
    }
    let method = site.send("DELETE", "/admin/login/", None, &[]).await;
    assert_eq!((method.status, method.is_html()), (StatusCode::METHOD_NOT_ALLOWED, true));
    assert_eq!(method.header("allow"), "GET, POST");
}

#[tokio::test]
async fn what_a_request_brings_is_escaped() {
    let mut site = Site::new();
    let host = site.send("GET", "/", None, &[("host", "<b>evil")]).await;
    assert_eq!(host.status, StatusCode::BAD_REQUEST);
    assert!(host.is_html() && !host.text().contains("<b>evil"), "{}", host.text());
    site.get("/admin/login/").await;
    let form =
        site.post("/admin/login/", &[("username", "\"><script>x"), ("password", "no")]).await;
    assert!(!form.text().contains("<script>x") && form.text().contains("&lt;script&gt;x"));
}

#[tokio::test]
async fn production_sends_a_plain_request_to_https() {
    let settings = [("DEBUG", "False"), ("ALLOWED_HOSTS", "localhost"), ("ALLOW_SQLITE", "True")];
    let mut site = Site::with(&settings);
    let moved = site.get("/admin/?next=1").await;
    assert_eq!(moved.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.header("location"), "https://localhost/admin/?next=1");
    assert_eq!(moved.header("x-frame-options"), "DENY");
    assert_eq!(site.get("/health/").await.status, StatusCode::OK, "probes speak plain HTTP");
}
