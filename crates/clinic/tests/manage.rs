//! The executable itself, as an operator starts and stops it: first run, wrong settings, port in use, graceful
//! stop, sudden death.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says no by a panic")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value as Json, json};
use tempfile::TempDir;

mod operator;

fn manage(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_manage"));
    command.args(arguments).current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

fn output(folder: &Path, arguments: &[&str]) -> Output {
    manage(folder, arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A running server; ended when it goes out of sight.
struct Server {
    child: Child,
    address: String,
    said: Vec<String>,
}

impl Server {
    /// Starts on a port the machine chooses and reads what it says until it listens.
    fn start(folder: &Path, settings: &[(&str, &str)]) -> Self {
        let mut command = manage(folder, &["runserver", "127.0.0.1:0"]);
        command.envs(settings.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut said = Vec::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let line = lines.next().unwrap_or_else(|| panic!("it ended: {said:?}")).unwrap();
            said.push(line.clone());
            if let Some(rest) = line.strip_prefix("Listening on http://") {
                break rest.split('/').next().unwrap().to_owned();
            }
        };
        Self { child, address, said }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

fn json_of(mut response: ureq::http::Response<ureq::Body>) -> Json {
    serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap()
}

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
