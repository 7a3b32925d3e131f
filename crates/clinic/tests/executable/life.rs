//! The executable itself, as an operator starts and stops it: first run, wrong settings, port in use, graceful
//! stop, sudden death.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use serde_json::json;
use tempfile::TempDir;

use crate::support::{Server, agent, json_of, output, text};

#[test]
fn an_empty_folder_becomes_a_working_development() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path(), &[]);
    assert!(server.said.iter().any(|line| line.contains("(DEBUG)")), "{:?}", server.said);
    assert!(
        server.said.iter().any(|line| line.contains("migrations applied")),
        "{:?}",
        server.said
    );
    let health = agent().get(server.url("/health/")).call().unwrap();
    assert_eq!(json_of(health)["status"], "healthy");
    let ready = agent().get(server.url("/health/ready/")).call().unwrap();
    assert_eq!(ready.status(), 200);
    let key = folder.path().join("data/secret_key");
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(key).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600, "the generated key is its owner's alone");
    drop(server);
    let list = text(&output(folder.path(), &["showmigrations"]).stdout);
    assert!(list.starts_with("appointments\n [X] 0001_initial\n"), "{list}");
    assert!(
        text(&output(folder.path(), &["migrate"]).stdout).ends_with("  No migrations to apply.\n")
    );
}

#[test]
fn production_settings_that_cannot_be_used_are_told_and_nothing_starts() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(".env"), "DEBUG=False\nSECRET_KEY=short\nTIME_ZONE=Lima\n")
        .unwrap();
    let refused = output(folder.path(), &["runserver", "0"]);
    assert_eq!(refused.status.code(), Some(1));
    let told = text(&refused.stderr);
    for name in ["SECRET_KEY", "ALLOWED_HOSTS", "TIME_ZONE", "ALLOW_SQLITE"] {
        assert!(told.contains(&format!("  {name}: ")), "{name} is missing: {told}");
    }
    assert!(!told.contains("short"), "a secret is not repeated: {told}");
    assert!(!folder.path().join("data").exists(), "nothing was made");
}

#[test]
fn a_port_in_use_is_told_with_one_that_is_free() {
    let folder = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = output(folder.path(), &["runserver", &port]);
    assert_eq!(refused.status.code(), Some(1));
    let told = text(&refused.stderr);
    assert!(
        told.contains("already in use") && told.contains("is free: manage runserver"),
        "{told}"
    );
    let wrong = output(folder.path(), &["runserver", "everywhere"]);
    assert!(text(&wrong.stderr).contains("neither a port nor address:port"));
}

#[test]
fn a_request_in_flight_is_answered_before_a_stop() {
    let folder = TempDir::new().unwrap();
    let mut server = Server::start(folder.path(), &[]);
    let body = r#"{"email":"a","password":"b"}"#;
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST /api/architect/auth/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body.as_bytes()[..10]).unwrap();
    // The server holds a request whose body is half there. One more answer proves that it reads this one.
    agent().get(server.url("/health/")).call().unwrap();
    server.signal("-TERM");
    while TcpStream::connect(&server.address).is_ok() {
        std::thread::yield_now(); // until it takes nobody new in
    }
    stream.write_all(&body.as_bytes()[10..]).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_was_acknowledged_survives_a_sudden_death() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(folder.path(), &[("ALLOW_REGISTRATION", "True")]);
    let mut acknowledged = Vec::new();
    for number in 0..8 {
        let body = json!({"user_name": format!("user{number}"), "email": format!("user{number}@example.com"),
            "password": "clave-larga-1", "password_confirm": "clave-larga-1"});
        let answer = agent()
            .post(server.url("/api/architect/auth/register/"))
            .header("content-type", "application/json")
            .send(body.to_string())
            .unwrap();
        assert_eq!(answer.status(), 201);
        acknowledged.push(format!("user{number}"));
    }
    server.signal("-KILL");
    drop(server);
    let server = Server::start(folder.path(), &[]);
    for name in acknowledged {
        let body = json!({"email": name, "password": "clave-larga-1"});
        let answer = agent()
            .post(server.url("/api/architect/auth/login/"))
            .header("content-type", "application/json")
            .send(body.to_string())
            .unwrap();
        assert_eq!(answer.status(), 200, "{name}");
    }
}
