//! The first administrator.

use axum::http::StatusCode;

use super::{PASSWORD, Site};
use crate::app::App;
use crate::http::home::first_administrator_path;

async fn path(app: &App) -> Option<String> {
    let app = app.clone();
    tokio::task::spawn_blocking(move || first_administrator_path(&app)).await.unwrap().unwrap()
}

fn filled<'v>(changed: &[(&'v str, &'v str)]) -> Vec<(&'v str, &'v str)> {
    let usual = [
        ("email", "ana@example.pe"),
        ("user_name", "ana"),
        ("document_number", "12345678"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    usual
        .map(|(name, value)| {
            *changed.iter().find(|(other, _)| *other == name).unwrap_or(&(name, value))
        })
        .to_vec()
}

async fn administrators(site: &Site) -> i64 {
    let sql = "SELECT COUNT(*) FROM people WHERE is_superuser = 1";
    site.app.db().read(move |conn| Ok(conn.one::<i64>(sql, &[])?)).await.unwrap()
}

#[tokio::test]
async fn without_the_invitation_there_is_no_such_page() {
    let mut site = Site::new();
    assert_eq!(
        site.get("/setup/anything/").await.status,
        StatusCode::NOT_FOUND,
        "nobody was invited"
    );
    let path = path(&site.app).await.unwrap();
    for wrong in ["/setup//", "/setup/x/", &path.replace("/setup/", "/setup/x")] {
        assert_eq!(site.get(wrong).await.status, StatusCode::NOT_FOUND);
        assert_eq!(site.post(wrong, &filled(&[])).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(site.get(&path).await.status, StatusCode::OK);
    assert_eq!(administrators(&site).await, 0);
}

#[tokio::test]
async fn complaints_stand_beside_their_field_and_values_are_kept() {
    let mut site = Site::new();
    let path = path(&site.app).await.unwrap();
    site.get(&path).await;
    for (name, value, complaint) in [
        ("email", "ana", "No es una dirección de correo válida."),
        ("user_name", " ", "Este campo es obligatorio."),
        ("document_number", "123", "Solo se admiten dígitos."),
        ("password", "corta", "al menos 8 caracteres"),
        ("password", "1234567890", "no puede ser solo números"),
        ("password", "Password123", "demasiado común"),
        ("password_again", "tres tigres", "no coinciden"),
    ] {
        let seen = site.post(&path, &filled(&[(name, value)])).await;
        assert_eq!((seen.status, seen.is_html()), (StatusCode::BAD_REQUEST, true), "{name}");
        let page = seen.text();
        let after = page.split_once(&format!("id=\"{name}-error\">")).expect(name).1;
        assert!(after.split("</p>").next().unwrap().contains(complaint), "{name}: {page}");
        assert!(
            page.contains(&format!("{name}-error\"")) && page.contains("aria-invalid=\"true\"")
        );
        assert!(
            !page.contains(PASSWORD)
                && (name == "email" || page.contains("value=\"ana@example.pe\""))
        );
    }
    assert_eq!(administrators(&site).await, 0);
}

#[tokio::test]
async fn the_form_needs_its_token() {
    let mut site = Site::new();
    let path = path(&site.app).await.unwrap();
    let seen = site.post(&path, &filled(&[])).await;
    assert_eq!(seen.status, StatusCode::FORBIDDEN);
    assert!(seen.text().contains("El formulario había vencido"));
    assert_eq!(administrators(&site).await, 0);
}

#[tokio::test]
async fn the_new_administrator_is_signed_in_and_the_invitation_void() {
    let mut site = Site::new();
    let path = path(&site.app).await.unwrap();
    assert_eq!(self::path(&site.app).await.as_ref(), Some(&path), "asked twice, it is the same");
    site.get(&path).await;
    let made = site.post(&path, &filled(&[])).await;
    assert_eq!((made.status, made.header("location")), (StatusCode::FOUND, "/"));
    assert!(site.get("/").await.text().contains("Sesión de ana"));
    assert_eq!(site.get("/admin/").await.status, StatusCode::OK);
    assert_eq!(site.get(&path).await.status, StatusCode::NOT_FOUND);
    let again = site.post(&path, &filled(&[("email", "eva@example.pe")])).await;
    assert_eq!((again.status, administrators(&site).await), (StatusCode::NOT_FOUND, 1));
    assert_eq!(self::path(&site.app).await, None);
    site.post("/admin/logout/", &[]).await;
    assert_eq!(site.sign_in("ana", PASSWORD).await.status, StatusCode::FOUND);
}

#[tokio::test]
async fn an_administrator_made_elsewhere_voids_the_invitation() {
    let mut site = Site::new();
    let path = path(&site.app).await.unwrap();
    site.get(&path).await;
    site.app
        .write_as_system("test", |tx| super::insert(tx, "eva@example.pe", "eva", "x", (true, true)))
        .await
        .unwrap();
    assert_eq!(site.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.post(&path, &filled(&[])).await.status, StatusCode::NOT_FOUND);
    assert_eq!(administrators(&site).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_forms_at_once_make_one_administrator() {
    let mut site = Site::new();
    let path = path(&site.app).await.unwrap();
    site.get(&path).await;
    let mut other = site.twin();
    let (ana, eva) = (filled(&[]), filled(&[("email", "eva@example.pe"), ("user_name", "eva")]));
    let (first, second) = tokio::join!(site.post(&path, &ana), other.post(&path, &eva));
    let mut answers = [first.status, second.status];
    answers.sort();
    assert_eq!(answers, [StatusCode::FOUND, StatusCode::NOT_FOUND]);
    assert_eq!(administrators(&site).await, 1);
}
