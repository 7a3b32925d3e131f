//! The pages, on a program of one table.

mod assets;
mod first;
mod setup;
mod signin;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::{DateTime, Duration};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::app::{App, NewAdministrator, Program};
use crate::auth::{Account, Accounts, Credential, Identity, State, password};
use crate::clock::Clock;
use crate::config::{Config, Source};
use crate::db::migrate::{Migration, runner};
use crate::db::{Changes, Column, Conn, Table, Tx, Unique};
use crate::error::{Refusal, Result};
use crate::i18n::{Text, Texts};
use crate::module::Module;
use crate::params;
use crate::types::time::Moment;

const PEOPLE: Table = Table::new(
    "people",
    "Person",
    &[
        Column::id(),
        Column::text("email", 100, "Correo", "E-mail"),
        Column::text("user_name", 100, "Usuario", "User name"),
        Column::text("password_hash", 128, "Clave", "Password").secret(),
        Column::bool("is_superuser", "Todo", "All"),
        Column::bool("is_staff", "Panel", "Panel"),
    ],
)
.uniques(&[Unique::new("uq_people_email", &["email"], "email")]);

const TABLE: Migration = Migration {
    module: "people",
    name: "0001_initial",
    depends: &[],
    sqlite: "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, user_name TEXT NOT NULL, \
             password_hash TEXT NOT NULL, is_superuser INTEGER NOT NULL, is_staff INTEGER NOT NULL);\n",
    mysql: "",
    state: "[]",
};

static MODULES: [Module; 1] = [Module {
    tables: &[&PEOPLE],
    migrations: &[TABLE],
    ..Module::named("people", "Gente", "People")
}];

struct People;

impl Accounts for People {
    fn state(&self, conn: &mut Conn, user_id: i64, _now: Moment) -> Result<State> {
        let found = conn.first(
            "SELECT email, user_name, is_superuser, is_staff FROM people WHERE id = ?",
            &params![user_id],
            |row| {
                Ok(Account {
                    id: user_id,
                    email: row.get("email")?,
                    user_name: row.get("user_name")?,
                    is_superuser: row.get("is_superuser")?,
                    is_staff: row.get("is_staff")?,
                    ..Account::default()
                })
            },
        )?;
        Ok(found.map_or(State::Unknown, |account| State::Active(Identity::new(account))))
    }

    fn credential(&self, conn: &mut Conn, login: &str) -> Result<Option<Credential>> {
        let sql = "SELECT id, password_hash FROM people WHERE email = ? OR user_name = ?";
        Ok(conn.first(sql, &params![login, login], |row| {
            Ok(Credential { user_id: row.get("id")?, hash: row.get("password_hash")? })
        })?)
    }

    fn logged_in(&self, _tx: &mut Tx<'_>, _user_id: i64, _new_hash: Option<&str>) -> Result<()> {
        Ok(())
    }

    fn end_log_ins(&self, _tx: &mut Tx<'_>, _user_id: i64, _kept: Option<&str>) -> Result<()> {
        Ok(())
    }

    fn has_administrator(&self, conn: &mut Conn) -> Result<bool> {
        Ok(conn.exists("SELECT 1 FROM people WHERE is_superuser = 1", &[])?)
    }
}

fn create_administrator(tx: &mut Tx<'_>, wanted: &NewAdministrator) -> Result<i64> {
    if wanted.document_number.len() != 8 {
        return Err(Refusal::field("document_number", "invalid", Text::key("error.digits")).into());
    }
    tx.identities_changed();
    insert(tx, &wanted.email, &wanted.user_name, &wanted.password_hash, (true, true))
}

fn insert(
    tx: &mut Tx<'_>,
    email: &str,
    name: &str,
    hash: &str,
    rights: (bool, bool),
) -> Result<i64> {
    let row = Changes::new()
        .with("email", email)
        .with("user_name", name)
        .with("password_hash", hash)
        .with("is_superuser", rights.0)
        .with("is_staff", rights.1);
    tx.insert(&PEOPLE, row)
}

pub const PROGRAM: Program = Program {
    predecessor: None,
    commands: Vec::new,
    name: "Prueba",
    version: "1.2.3",
    commit: None,
    modules: &MODULES,
    texts: Texts::PLATFORM,
    accounts: || Box::new(People),
    create_administrator,
    load_catalogues: |_| Ok(()),
    acceptance: Vec::new,
};

pub const PASSWORD: &str = "tres tristes tigres";

/// A program with a database and a browser that keeps its cookies.
pub struct Site {
    pub app: App,
    router: Router,
    cookies: Vec<(String, String)>,
    /// Held so that the database's folder lives as long as the site.
    folder: Arc<TempDir>,
}

/// An answer, read whole.
pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Seen {
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn is_html(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }
}

impl Site {
    pub fn new() -> Self {
        Self::with(&[])
    }

    pub fn with(settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = format!("sqlite://{}", folder.path().join("test.sqlite3").display());
        let mut values =
            vec![("SECRET_KEY", "k3Jx9-Qw7_Zr2Lp8Vb5Nc1Mh6Gt4Fd0Sa"), ("DATABASE_URL", &file)];
        values.extend(settings);
        let config = Config::from_source(Source::of(&values), folder.path()).unwrap();
        let clock = Clock::standing(DateTime::from_timestamp(1_772_463_600, 0).unwrap());
        let app = App::build(PROGRAM, config, clock).unwrap();
        let mut conn = app.db().connect().unwrap();
        runner::apply(&mut conn, &app.migrations().unwrap(), app.clock(), &mut |_, _| {}).unwrap();
        let router = crate::http::router(&app);
        Self { app, router, cookies: Vec::new(), folder: Arc::new(folder) }
    }

    /// Adds somebody with [`PASSWORD`].
    pub async fn person(&self, name: &'static str, is_staff: bool) -> i64 {
        let hash = password::hash(PASSWORD).unwrap();
        let email = format!("{name}@example.pe");
        let added = self
            .app
            .write_as_system("test", move |tx| insert(tx, &email, name, &hash, (false, is_staff)));
        added.await.unwrap()
    }

    /// The same program in the same browser, for two requests at once.
    pub fn twin(&self) -> Self {
        let (app, router) = (self.app.clone(), self.router.clone());
        Self { app, router, cookies: self.cookies.clone(), folder: Arc::clone(&self.folder) }
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(known, _)| known != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    /// Sends a request as a browser: in Spanish, for a page, with its cookies, which it then keeps.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        body: Option<String>,
        more: &[(&str, &str)],
    ) -> Seen {
        let mut request = Request::builder().method(method).uri(path);
        let usual = [
            ("host", "localhost"),
            ("accept", "text/html,*/*;q=0.8"),
            ("accept-language", "es-PE"),
        ];
        for (name, value) in
            usual.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name))
        {
            request = request.header(*name, *value);
        }
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let request = request.body(body.map_or_else(Body::empty, Body::from)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for value in parts.headers.get_all(header::SET_COOKIE) {
            let text = value.to_str().unwrap();
            let (name, rest) = text.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap().to_owned();
            self.cookies.retain(|(known, _)| known != name);
            if !rest.contains("Max-Age=0;") {
                self.cookies.push((name.to_owned(), value));
            }
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Seen { status: parts.status, headers: parts.headers, bytes }
    }

    pub async fn get(&mut self, path: &str) -> Seen {
        self.send("GET", path, None, &[]).await
    }

    /// Sends a form with the token of the cookie, as the hidden field has it.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let token = self.cookie("csrftoken").unwrap_or("").to_owned();
        let mut pairs = vec![("csrfmiddlewaretoken", token.as_str())];
        pairs.extend(fields);
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.send("POST", path, Some(form), &[]).await
    }

    /// Opens the log-in page and sends it.
    pub async fn sign_in(&mut self, name: &str, password: &str) -> Seen {
        assert_eq!(self.get("/admin/login/").await.status, StatusCode::OK);
        self.post("/admin/login/", &[("username", name), ("password", password)]).await
    }

    pub fn advance(&self, by: Duration) {
        self.app.clock().advance(by);
    }
}
