//! Each way a database or a Redis can be away: the command says which it is and what to do, in a line or two, and never
//! the password. The cases that need a server run when `TEST_DATABASE_URL` names one, on servers of their own.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use mysql::prelude::Queryable;
use xtask::servers::{Durability, MariaDb, Redis};

use super::{Server, refused};

const PASSWORD: &str = "s3cret-never-shown";

fn has_servers() -> bool {
    super::place::server().is_some()
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// What `migrate` says of a database it cannot use.
fn told(folder: &Path, url: &str) -> String {
    let told = refused(folder, &[("DATABASE_URL", url)], &["migrate"]);
    assert!(told.starts_with("database unavailable: "), "{told}");
    assert!(told.lines().count() <= 2, "{told}");
    assert!(!told.contains(PASSWORD), "{told}");
    told
}

fn assert_says(told: &str, words: &[&str]) {
    for word in words {
        assert!(told.contains(word), "\"{word}\" is missing: {told}");
    }
}

#[test]
fn a_server_that_is_not_there_is_told_with_its_address() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let url = format!("mysql://root:{PASSWORD}@127.0.0.1:{port}/clinic");
    let place = format!("127.0.0.1:{port}");
    assert_says(&told(folder.path(), &url), &[&place, "connection refused", "start it"]);
    let url = format!("mysql://root:{PASSWORD}@no-such-host.invalid/clinic");
    assert_says(&told(folder.path(), &url), &["\"no-such-host.invalid\"", "host in DATABASE_URL"]);
}

#[test]
fn something_else_that_listens_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let _client_may_be_gone = stream.unwrap().write_all(b"SSH-2.0-OpenSSH_9.2\r\n");
        }
    });
    let url = format!("mysql://root:{PASSWORD}@127.0.0.1:{port}/clinic");
    assert_says(
        &told(folder.path(), &url),
        &["does not speak MySQL's protocol", "port in DATABASE_URL"],
    );
}

#[test]
fn a_sqlite_file_that_cannot_be_used_is_told_by_its_case() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
    std::fs::write(folder.path().join("letter"), "Querida clínica, ".repeat(500)).unwrap();
    assert_says(&told(folder.path(), &path("letter")), &["letter", "is not a SQLite database"]);
    assert_says(&told(folder.path(), &path("letter/db")), &["part of that path is a file"]);
    std::fs::create_dir(folder.path().join("folder")).unwrap();
    assert_says(&told(folder.path(), &path("folder")), &["is a folder", "name a file in it"]);
    // Nobody may make files there, not even root.
    assert_says(&told(folder.path(), "sqlite:///proc/none/db"), &["/proc/none", "make"]);
}

#[test]
fn a_server_that_refuses_is_told_by_its_case() {
    if !has_servers() {
        return; // the pass with a database server provokes these
    }
    let folder = tempfile::tempdir().unwrap();
    let server = MariaDb::start(Durability::Relaxed).unwrap();
    let place = server.url().split('@').nth(1).unwrap().trim_end_matches('/').to_owned();
    let root = mysql::Opts::from_url(&server.url()).unwrap();
    let mut admin = mysql::Conn::new(root.clone()).unwrap();
    for sql in [
        "CREATE DATABASE clinic CHARACTER SET utf8mb4",
        &format!("CREATE USER ana@'%' IDENTIFIED BY '{PASSWORD}'"),
        "CREATE USER eva@'%'",
        "GRANT ALL ON clinic.* TO eva@'%'",
        "CREATE USER one@'%' WITH MAX_USER_CONNECTIONS 1",
        "GRANT ALL ON clinic.* TO one@'%'",
    ] {
        admin.query_drop(sql).unwrap();
    }
    let ask = |credentials: &str, rest: &str| {
        told(folder.path(), &format!("mysql://{credentials}@{place}/{rest}"))
    };
    let wrong = format!("ana:{PASSWORD}-x");
    assert_says(&ask(&wrong, "clinic"), &["\"ana\"", "'ana'@", "1045", "check user and password"]);
    let right = format!("ana:{PASSWORD}");
    assert_says(&ask(&right, "clinic"), &["no privileges", "\"clinic\"", "1044", "GRANT"]);
    assert_says(&ask("root", "none"), &["no database \"none\"", "1049", "manage createdb"]);
    assert_says(
        &ask("eva", "clinic?danger_accept_invalid_certs=true"),
        &["asks for TLS", "has none"],
    );
    let held = mysql::OptsBuilder::from_opts(root.clone()).user(Some("one"));
    let held = mysql::Conn::new(held).unwrap();
    assert_says(&ask("one", "clinic"), &["no more connections", "1226", "DATABASE_CONNECTIONS"]);
    drop(held);
    admin.query_drop("SET GLOBAL max_connections = 10").unwrap();
    let eva = mysql::OptsBuilder::from_opts(root).user(Some("eva"));
    let crowd: Vec<_> = (0..20).map_while(|_| mysql::Conn::new(eva.clone()).ok()).collect();
    assert!(crowd.len() >= 8, "{}", crowd.len());
    assert_says(&ask("eva", "clinic"), &["no more connections", "1040", "max_connections"]);
    drop(crowd);
    admin.query_drop("SET GLOBAL max_connections = 100, require_secure_transport = ON").unwrap();
    // MariaDB says 1045 where MySQL says 3159.
    assert_says(&ask("eva", "clinic"), &["if the server demands TLS", "root_cert_path"]);
}

#[test]
fn a_server_that_starts_without_its_database_says_why_and_how_it_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let errors = folder.path().join("errors");
    let (database, redis) = (free_port(), free_port());
    let settings = [
        ("DATABASE_URL", &*format!("mysql://root:{PASSWORD}@127.0.0.1:{database}/clinic")),
        ("REDIS_URL", &*format!("redis://:{PASSWORD}@127.0.0.1:{redis}/0")),
    ];
    let server = Server::start(folder.path(), &settings, &errors);
    let (status, body) = server.get("/health/ready/");
    assert_eq!(status, 503);
    let database = format!("no server listens at 127.0.0.1:{database}");
    let redis = format!("no Redis listens at 127.0.0.1:{redis}");
    let warned = std::fs::read_to_string(&errors).unwrap();
    for said in [&warned, &body] {
        assert_says(said, &[&database, &redis]);
        assert!(!said.contains(PASSWORD), "{said}");
    }
}

/// What `/health/ready/` says of a Redis that cannot be used; the program itself is ready.
fn ready(url: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let errors = folder.path().join("errors");
    let server = Server::start(folder.path(), &[("REDIS_URL", url)], &errors);
    let (status, body) = server.get("/health/ready/");
    assert_eq!(status, 200, "{body}");
    let warned = std::fs::read_to_string(&errors).unwrap();
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    let said = body["redis"].as_str().unwrap().to_owned();
    assert!(said == "ok" || warned.contains(&said), "{warned}");
    assert!(!said.contains(PASSWORD), "{said}");
    said
}

#[test]
fn a_redis_that_cannot_be_used_is_told_by_its_case() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _client_may_be_gone = stream
                .read(&mut [0; 512])
                .and_then(|_| stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
        }
    });
    assert_says(
        &ready(&format!("redis://127.0.0.1:{port}/0")),
        &["does not speak Redis's protocol"],
    );
    assert_says(
        &ready("redis://no-such-host.invalid/0"),
        &["no machine has the name", "no-such-host"],
    );
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    assert_says(&ready(&format!("redis://127.0.0.1:{port}/0")), &["does not answer in time"]);
    if !has_servers() {
        return; // the pass with servers provokes the rest
    }
    let redis = Redis::start().unwrap();
    let place = redis.url().trim_start_matches("redis://").trim_end_matches("/0").to_owned();
    assert_eq!(ready(&redis.url()), "ok");
    assert_says(&ready(&format!("redis://{place}/99")), &["no database number 99", "/0"]);
    let mut stream = TcpStream::connect(&place).unwrap();
    stream.write_all(format!("CONFIG SET requirepass {PASSWORD}\r\n").as_bytes()).unwrap();
    let mut answer = [0; 5];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"+OK\r\n");
    assert_says(&ready(&redis.url()), &["wants a password", "NOAUTH"]);
    assert_says(&ready(&format!("redis://:{PASSWORD}-x@{place}/0")), &["WRONGPASS"]);
    assert_eq!(ready(&format!("redis://:{PASSWORD}@{place}/0")), "ok");
}
