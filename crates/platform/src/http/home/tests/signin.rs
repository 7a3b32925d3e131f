//! Log-in and log-out of browsers.

use axum::http::{StatusCode, header};
use chrono::Duration;

use super::{PASSWORD, Seen, Site};

fn cookies(seen: &Seen) -> Vec<&str> {
    seen.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
}

#[tokio::test]
async fn a_form_without_its_token_is_refused() {
    let mut site = Site::new();
    site.person("marta", true).await;
    let fields = [("username", "marta"), ("password", PASSWORD)];
    let seen = site.post("/admin/login/", &fields).await;
    assert_eq!(seen.status, StatusCode::FORBIDDEN, "no cookie, no token");
    let token = site.cookie("csrftoken").unwrap().to_owned();
    site.set_cookie("csrftoken", &"x".repeat(43));
    let form = format!("username=marta&password={PASSWORD}&csrfmiddlewaretoken={token}");
    let seen = site.send("POST", "/admin/login/", Some(form.clone()), &[]).await;
    assert_eq!(seen.status, StatusCode::FORBIDDEN, "another token than the cookie's");
    assert!(
        seen.text().contains("El formulario había vencido") && site.cookie("sessionid").is_none()
    );
    site.set_cookie("csrftoken", &token);
    let foreign = [("origin", "https://evil.example")];
    let seen = site.send("POST", "/admin/login/", Some(form.clone()), &foreign).await;
    assert_eq!(seen.status, StatusCode::FORBIDDEN, "another origin");
    let own = [("origin", "http://localhost")];
    assert_eq!(
        site.send("POST", "/admin/login/", Some(form), &own).await.status,
        StatusCode::FOUND
    );
}

#[tokio::test]
async fn unknown_people_and_wrong_passwords_are_told_the_same() {
    let mut site = Site::new();
    site.person("marta", true).await;
    let mut pages = Vec::new();
    for (name, password) in [("marta", "not it"), ("nobody", PASSWORD)] {
        let seen = site.sign_in(name, password).await;
        assert_eq!((seen.status, seen.is_html()), (StatusCode::UNAUTHORIZED, true));
        assert!(
            !seen.text().contains(password) && seen.text().contains(&format!("value=\"{name}\""))
        );
        let token = site.cookie("csrftoken").unwrap();
        pages.push(seen.text().replace(name, "NAME").replace(token, "TOKEN"));
    }
    assert_eq!(pages[0], pages[1]);
    assert!(pages[0].contains("El usuario o la contraseña no son correctos."));
    let empty = site.sign_in("marta", "").await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    assert!(empty.text().contains("Escriba su usuario y su contraseña."));
}

#[tokio::test]
async fn too_many_failures_close_the_door_for_a_while() {
    let mut site = Site::with(&[("LOGIN_ATTEMPTS", "2")]);
    site.person("marta", true).await;
    for _ in 0..2 {
        assert_eq!(site.sign_in("marta", "not it").await.status, StatusCode::UNAUTHORIZED);
    }
    let closed = site.sign_in("marta", PASSWORD).await;
    assert_eq!((closed.status, closed.is_html()), (StatusCode::TOO_MANY_REQUESTS, true));
    assert!(!closed.header("retry-after").is_empty() && site.cookie("sessionid").is_none());
    assert!(closed.text().contains("Demasiados intentos fallidos"));
}

#[tokio::test]
async fn a_log_in_by_name_or_e_mail_begins_a_session() {
    for name in ["marta", "marta@example.pe"] {
        let mut site = Site::new();
        site.person("marta", true).await;
        let seen = site.sign_in(name, PASSWORD).await;
        assert_eq!((seen.status, seen.header("location")), (StatusCode::FOUND, "/admin/"));
        let set = cookies(&seen);
        assert!(
            set[0].starts_with("sessionid=")
                && set[0].ends_with("; Path=/; Max-Age=1209600; SameSite=Lax; HttpOnly")
        );
        assert!(
            set[1].starts_with("csrftoken=")
                && set[1].ends_with("; Path=/; Max-Age=1209600; SameSite=Lax")
        );
        assert!(site.get("/").await.text().contains("Sesión de marta"));
        assert_eq!(site.get("/admin/login/").await.status, StatusCode::FOUND, "signed in already");
        site.advance(Duration::days(15));
        assert_eq!(site.get("/admin/").await.status, StatusCode::FOUND, "the session has expired");
    }
}

#[tokio::test]
async fn cookies_travel_over_https_only_in_production() {
    let production = [
        ("DEBUG", "False"),
        ("ALLOWED_HOSTS", "localhost"),
        ("ALLOW_SQLITE", "True"),
        ("SECURE_SSL_REDIRECT", "False"),
    ];
    for (more, session, form) in [
        (&[][..], "; HttpOnly; Secure", "; Secure"),
        (&[("SESSION_COOKIE_SECURE", "False")], "; HttpOnly", "; Secure"),
        (&[("CSRF_COOKIE_SECURE", "False")], "; HttpOnly; Secure", ""),
        (&[("SESSION_COOKIE_HTTPONLY", "False")], "; Secure", "; Secure"),
    ] {
        let mut site = Site::with(&[&production, more].concat());
        site.person("marta", true).await;
        let seen = site.sign_in("marta", PASSWORD).await;
        for cookie in cookies(&seen) {
            let ends = if cookie.starts_with("sessionid") { session } else { form };
            assert!(cookie.ends_with(&format!("; SameSite=Lax{ends}")), "{more:?}: {cookie}");
        }
    }
}

#[tokio::test]
async fn a_planted_session_is_never_taken_over() {
    let mut site = Site::new();
    site.person("marta", true).await;
    let planted = "p".repeat(43);
    site.set_cookie("sessionid", &planted);
    site.sign_in("marta", PASSWORD).await;
    assert_ne!(site.cookie("sessionid").unwrap(), planted);
    let first = site.cookie("sessionid").unwrap().to_owned();
    site.post("/admin/login/", &[("username", "marta"), ("password", PASSWORD)]).await;
    let second = site.cookie("sessionid").unwrap().to_owned();
    assert_ne!(first, second);
    for (value, status) in
        [(&planted, StatusCode::FOUND), (&first, StatusCode::FOUND), (&second, StatusCode::OK)]
    {
        site.set_cookie("sessionid", value);
        assert_eq!(site.get("/admin/").await.status, status);
    }
}

#[tokio::test]
async fn next_leads_to_this_server_only() {
    for (next, target) in
        [("/api/docs/", "/api/docs/"), ("//evil.example", "/"), ("https://evil.example", "/")]
    {
        let mut site = Site::new();
        site.person("luis", false).await;
        let shown = site.get(&format!("/admin/login/?next={next}")).await;
        assert!(!shown.text().contains("evil"));
        let fields = [("username", "luis"), ("password", PASSWORD), ("next", next)];
        assert_eq!(site.post("/admin/login/", &fields).await.header("location"), target);
    }
}

#[tokio::test]
async fn leaving_needs_the_form_token_and_ends_the_session() {
    let mut site = Site::new();
    site.person("marta", true).await;
    site.sign_in("marta", PASSWORD).await;
    let session = site.cookie("sessionid").unwrap().to_owned();
    let refused = site.send("POST", "/admin/logout/", Some(String::new()), &[]).await;
    assert_eq!((refused.status, refused.is_html()), (StatusCode::FORBIDDEN, true));
    assert_eq!(site.get("/admin/").await.status, StatusCode::OK, "still signed in");
    assert_eq!(site.get("/admin/logout/").await.status, StatusCode::METHOD_NOT_ALLOWED);
    let left = site.post("/admin/logout/", &[]).await;
    assert_eq!((left.status, left.header("location")), (StatusCode::FOUND, "/"));
    assert!(site.cookie("sessionid").is_none() && site.cookie("csrftoken").is_none());
    site.set_cookie("sessionid", &session);
    assert_eq!(
        site.get("/admin/").await.status,
        StatusCode::FOUND,
        "the row is gone, not only the cookie"
    );
    assert_eq!(
        site.post("/admin/logout/", &[]).await.status,
        StatusCode::FOUND,
        "leaving twice is no error"
    );
}
