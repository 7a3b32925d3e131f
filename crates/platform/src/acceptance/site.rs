//! The program as a visitor sees it: whole requests to its router, in process.

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use serde_json::Value as Json;
use tokio::runtime::Runtime;
use tower::ServiceExt;

use super::{Failure, Outcome};
use crate::app::{App, NewAdministrator, Program};
use crate::auth::{self, password};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::http;

/// The name that requests ask for.
const HOST: &str = "testserver";
/// No answer of a scenario is larger.
const LARGEST: usize = 64 * 1024 * 1024;

/// A running program with a database of its own.
pub struct Site {
    app: App,
    router: Router,
    runtime: Runtime,
    address: SocketAddr,
}

/// A request: verb, path and JSON body.
pub type Ask<'a> = (&'a str, &'a str, Option<Json>);

impl Site {
    /// Starts the program.
    pub fn open(program: Program, mut config: Config) -> Result<Self> {
        config.http.allowed_hosts = vec![HOST.to_owned()];
        let app = App::build(program, config, Clock::system())?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Error::failed("runtime", error))?;
        Ok(Self { router: http::router(&app), app, runtime, address: some_address()? })
    }

    /// The same program once more on the same database, as after a restart or in a second process; asked by the same
    /// visitor.
    pub fn restarted(&self) -> Result<Self> {
        let mut again = Self::open(*self.app.program(), self.app.config().clone())?;
        again.address = self.address;
        Ok(again)
    }

    /// The program.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Asks as nobody.
    pub fn ask(&self, method: &str, path: &str, body: Option<Json>) -> Outcome<Reply> {
        self.ask_as(None, method, path, body)
    }

    /// Asks with a token.
    pub fn ask_as(
        &self,
        token: Option<&str>,
        method: &str,
        path: &str,
        body: Option<Json>,
    ) -> Outcome<Reply> {
        let mut replies = self.ask_at_once(token, vec![(method, path, body)])?;
        replies.pop().ok_or_else(|| Failure(format!("{method} {path}: no answer")))
    }

    /// Asks many things at the same time; the answers in their order.
    pub fn ask_at_once(&self, token: Option<&str>, asks: Vec<Ask<'_>>) -> Outcome<Vec<Reply>> {
        let mut running = Vec::with_capacity(asks.len());
        for (method, path, body) in asks {
            let what = format!("{method} {path}");
            let mut request = Request::builder()
                .method(method)
                .uri(path)
                .header(header::HOST, HOST)
                .header(header::CONTENT_TYPE, "application/json")
                .extension(ConnectInfo(self.address));
            if let Some(token) = token {
                request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
            }
            let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
            let request =
                request.body(body).map_err(|error| Failure(format!("{what}: {error}")))?;
            running.push(self.runtime.spawn(answer(self.router.clone(), what, request)));
        }
        self.runtime.block_on(async {
            let mut replies = Vec::with_capacity(running.len());
            for answer in running {
                replies.push(answer.await.map_err(|error| Failure(error.to_string()))??);
            }
            Ok(replies)
        })
    }

    /// Makes an administrator; e-mail and password.
    pub fn administrator(&self) -> Outcome<(String, String)> {
        let (name, typed) = (auth::random_hex()?, auth::random_token()?);
        let email = format!("{name}@example.com");
        let new = NewAdministrator {
            email: email.clone(),
            user_name: name.clone(),
            document_number: name.chars().take(12).collect(),
            password_hash: password::hash(&typed)?,
        };
        let create = self.app.program().create_administrator;
        self.app.write_blocking("test", false, move |tx| create(tx, &new))?;
        Ok((email, typed))
    }
}

/// An address of the range kept for trials, so that counters of failed log-ins, which other processes may share, count
/// nobody else's.
fn some_address() -> Result<SocketAddr> {
    let digits = auth::random_hex()?;
    let part = |at| digits.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    let address = IpAddr::from([198, 18, part(0).unwrap_or(1), part(2).unwrap_or(1)]);
    Ok(SocketAddr::from((address, 40_000)))
}

async fn answer(router: Router, what: String, request: Request<Body>) -> Outcome<Reply> {
    let Ok(response) = router.oneshot(request).await;
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), LARGEST)
        .await
        .map_err(|error| Failure(format!("{what}: {error}")))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let json = serde_json::from_str(&text).unwrap_or(Json::Null);
    Ok(Reply { what, status, text, json })
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    what: String,
    /// Status code.
    pub status: u16,
    /// Body as text.
    pub text: String,
    /// Body as JSON; null if it is none.
    pub json: Json,
}

impl Reply {
    /// Insists on a status.
    pub fn is(self, status: u16) -> Outcome<Self> {
        if self.status == status {
            return Ok(self);
        }
        let text: String = self.text.chars().take(300).collect();
        Err(Failure(format!("{}: {} instead of {status}: {text}", self.what, self.status)))
    }

    /// The value at a path such as `/data/0/id`.
    pub fn at(&self, pointer: &str) -> Outcome<&Json> {
        self.json
            .pointer(pointer)
            .ok_or_else(|| Failure(format!("{}: nothing at {pointer}: {}", self.what, self.text)))
    }

    /// The text there.
    pub fn text_at(&self, pointer: &str) -> Outcome<String> {
        let found = self.at(pointer)?;
        let complain = || Failure(format!("{}: {pointer} is no text: {found}", self.what));
        found.as_str().map(str::to_owned).ok_or_else(complain)
    }

    /// The whole number there.
    pub fn number_at(&self, pointer: &str) -> Outcome<i64> {
        let found = self.at(pointer)?;
        let complain = || Failure(format!("{}: {pointer} is no number: {found}", self.what));
        found.as_i64().ok_or_else(complain)
    }
}
