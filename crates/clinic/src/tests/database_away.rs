//! A database that is away answers 503 with Retry-After, and all is well when it is back.

use std::net::TcpListener;
use std::path::Path;

use axum::body::Body;
use axum::http::Request;
use platform::app::App;
use platform::clock::Clock;
use platform::config::{Config, Source};
use platform::db::Engine;
use tower::ServiceExt;

use super::builders::app;
use crate::PROGRAM;

fn config(url: &str) -> Config {
    let values = [
        ("DATABASE_URL", url),
        ("ALLOWED_HOSTS", "testserver"),
        ("SECRET_KEY", "only-for-this-test-0123456789abcdef"),
    ];
    Config::from_source(Source::of(&values), Path::new(".")).unwrap()
}

#[test]
fn a_server_that_is_not_there_at_start_is_a_503_and_no_failure_to_start() {
    // A port that nobody listens on: taken and given back.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let app =
        App::build(PROGRAM, config(&format!("mysql://u:p@127.0.0.1:{port}/none")), Clock::system())
            .unwrap();
    let router = platform::http::router(&app);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let ask = |path: &str| {
            let request = Request::get(path)
                .header("host", "testserver")
                .header("authorization", "Basic YTpi");
            router.clone().oneshot(request.body(Body::empty()).unwrap())
        };
        assert_eq!(ask("/health/").await.unwrap().status(), 200);
        for path in ["/health/ready/", "/api/patients/patients/"] {
            let answer = ask(path).await.unwrap();
            assert_eq!(answer.status(), 503, "{path}");
            assert_eq!(answer.headers()["retry-after"], "5");
        }
    });
}

#[test]
fn connections_that_were_cut_are_made_anew_without_anybody_noticing() {
    let app = app();
    if app.engine() == Engine::Sqlite {
        return; // an embedded database has no connection to cut
    }
    let admin = app.superuser();
    for _ in 0..3 {
        app.read(|conn| {
            let own: i64 = conn.one("SELECT CONNECTION_ID()", &[])?;
            let others: Vec<i64> = conn.rows(
                "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> ?",
                &platform::params![own],
                |row| row.at(0),
            )?;
            for other in others {
                let _gone_already = conn.exists(&format!("KILL CONNECTION {other}"), &[]);
            }
            Ok(())
        });
        for _ in 0..8 {
            admin.get("/api/therapists/therapists/").is(200);
        }
        let name = format!("Estado {}", app.number("SELECT COUNT(*) FROM appointment_statuses"));
        admin
            .post("/api/appointments/appointment-statuses/", serde_json::json!({"name": name}))
            .is(201);
    }
}
