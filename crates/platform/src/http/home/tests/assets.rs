//! Embedded files.

use std::io::Read as _;

use axum::http::StatusCode;
use flate2::read::GzDecoder;

use super::Site;

/// The address of a style sheet or script as the page says it.
fn address(page: &str, name: &str) -> String {
    let start = page.find(&format!("/static/{name}?v=")).expect(name);
    page[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_address_with_the_contents_hash_is_kept_forever() {
    let mut site = Site::new();
    let url = address(&site.get("/").await.text(), "panel.css");
    let seen = site.get(&url).await;
    assert_eq!(
        (seen.status, seen.header("content-type")),
        (StatusCode::OK, "text/css; charset=utf-8")
    );
    assert_eq!(seen.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(seen.header("x-content-type-options"), "nosniff");
    for other in ["/static/panel.css", "/static/panel.css?v=0000000000000000"] {
        assert_eq!(site.get(other).await.header("cache-control"), "no-cache", "{other}");
    }
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    let mut site = Site::new();
    let tag = site.get("/static/panel.css").await.header("etag").to_owned();
    for known in [tag.clone(), format!("\"other\", W/{tag}")] {
        let seen = site.send("GET", "/static/panel.css", None, &[("if-none-match", &known)]).await;
        assert_eq!((seen.status, seen.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(seen.header("etag"), tag);
    }
    let seen = site.send("GET", "/static/panel.css", None, &[("if-none-match", "\"other\"")]).await;
    assert_eq!(seen.status, StatusCode::OK);
}

#[tokio::test]
async fn packed_files_are_unpacked_for_who_does_not_take_gzip() {
    let mut site = Site::new();
    let path = "/static/vendor/swagger-ui/swagger-ui.css";
    let packed = site.send("GET", path, None, &[("accept-encoding", "gzip, br")]).await;
    let plain = site.get(path).await;
    assert_eq!((packed.header("content-encoding"), plain.header("content-encoding")), ("gzip", ""));
    assert_eq!(
        (packed.header("vary").contains("Accept-Encoding"), plain.header("content-type")),
        (true, "text/css; charset=utf-8")
    );
    let mut content = Vec::new();
    GzDecoder::new(packed.bytes.as_slice()).read_to_end(&mut content).unwrap();
    assert!(content == plain.bytes && plain.bytes.len() > 100_000);
    assert_ne!(packed.header("etag"), plain.header("etag"));
}

#[tokio::test]
async fn nothing_but_assets_is_served() {
    let mut site = Site::new();
    for path in [
        "/static/",
        "/static/none.css",
        "/static/../Cargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/static/..%2fCargo.toml",
        "/static/..%5cCargo.toml",
        "/static/vendor",
        "/static/vendor/swagger-ui/swagger-ui.css.gz",
        "/static//panel.css",
        "/static/panel.css%00",
        "/static//etc/passwd",
    ] {
        let seen = site.get(path).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{path}");
        assert!(seen.is_html());
    }
}

#[tokio::test]
async fn every_page_finds_its_files() {
    let mut site = Site::new();
    for path in ["/", "/api/docs/", "/admin/login/", "/nowhere/"] {
        let page = site.get(path).await.text();
        let urls: Vec<&str> = page.split('"').filter(|text| text.starts_with("/static/")).collect();
        assert!(urls.len() > 1);
        for url in urls {
            assert_eq!(site.get(url).await.status, StatusCode::OK, "{url}");
        }
    }
    let icon = site.get("/favicon.ico").await.header("location").to_owned();
    assert_eq!(site.get(&icon).await.header("content-type"), "image/svg+xml");
}
