//! The program under test.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use chrono::{DateTime, Duration, Utc};
use platform::app::{App, NewAdministrator, Program};
use platform::auth::State;
use platform::auth::token::{Claims, TokenType};
use platform::clock::Clock;
use platform::db::{Conn, Engine, Tx};
use platform::error::Result;
use platform::http;
use platform::mail::Letter;
use tokio::runtime::Runtime;

use crate::client::Client;
use crate::database::{Database, config};

/// Where the clock stands: Monday, 2 March 2026, 10:00 in Lima.
pub const NOW: DateTime<Utc> = match DateTime::from_timestamp(1_772_463_600, 0) {
    Some(now) => now,
    None => panic!("a moment"),
};

/// A program with a database, a clock and a router of its own.
pub struct TestApp {
    app: App,
    router: Router,
    runtime: Runtime,
    users: AtomicU32,
    /// Dropped last: the database goes when nobody uses it any more.
    database: Database,
}

impl TestApp {
    /// A migrated program with nothing but the rows every installation has.
    pub fn start(program: Program) -> Self {
        Self::start_with(program, &[])
    }

    /// The same with settings of its own.
    pub fn start_with(program: Program, settings: &[(&str, &str)]) -> Self {
        Self::on(program, Database::create(program), settings)
    }

    /// A migrated program on SQLite, whichever engine the run is about: the other end of a move between engines.
    pub fn embedded(program: Program) -> Self {
        Self::on(program, Database::embedded(program), &[])
    }

    /// A program whose database is empty and not migrated.
    pub fn unmigrated(program: Program) -> Self {
        Self::on(program, Database::empty(), &[])
    }

    fn on(program: Program, database: Database, settings: &[(&str, &str)]) -> Self {
        let config = config(&database.url(), Path::new("."), settings);
        let app = App::build(program, config, Clock::standing(NOW)).unwrap();
        let router = http::router(&app);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        Self { app, router, runtime, users: AtomicU32::new(0), database }
    }

    /// The program.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The runtime that requests run on.
    pub fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// The router, for tests that send many requests at once.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The URL of its database, for tests that start the executable on it.
    pub fn database_url(&self) -> String {
        self.database.url()
    }

    /// Which engine this run is about.
    pub fn engine(&self) -> Engine {
        self.app.db().engine()
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.app.clock().advance(by);
    }

    /// Changes the database behind the program's back (through its own write path).
    pub fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        self.app.write_blocking("test", false, work).unwrap()
    }

    /// Reads the database.
    pub fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Conn) -> Result<T> + Send + 'static,
    ) -> T {
        self.app.db().read_blocking(work).unwrap()
    }

    /// The number in the first column of the first row.
    pub fn number(&self, sql: &'static str) -> i64 {
        self.read(move |conn| Ok(conn.one(sql, &[])?))
    }

    /// The messages sent so far, when everything has settled that answers do not wait for.
    pub fn outbox(&self) -> Vec<Letter> {
        self.runtime.block_on(self.app.later().settled());
        self.app.mailer().kept()
    }

    /// A client nobody knows.
    pub fn anonymous(&self) -> Client<'_> {
        Client::new(self, Vec::new())
    }

    /// A client with a superuser's token.
    pub fn superuser(&self) -> Client<'_> {
        let number = self.users.fetch_add(1, Ordering::Relaxed);
        let create = self.app.program().create_administrator;
        let new = NewAdministrator {
            email: format!("admin{number}@example.com"),
            user_name: format!("admin{number}"),
            document_number: format!("{:08}", 10_000_000 + number),
            password_hash: "!".into(),
        };
        let id = self.write(move |tx| create(tx, &new));
        self.client_of(id)
    }

    /// A client with the token of a user.
    pub fn client_of(&self, user_id: i64) -> Client<'_> {
        let token = self.token_of(user_id, TokenType::Access);
        Client::new(self, vec![("authorization", format!("Bearer {token}"))])
    }

    /// A good token of a user.
    pub fn token_of(&self, user_id: i64, token_type: TokenType) -> String {
        let now = self.app.clock().now();
        let identities = self.app.identities().clone();
        let state = self.runtime.block_on(identities.state(self.app.db(), user_id, now)).unwrap();
        let State::Active(identity) = state else { panic!("user {user_id} is not active") };
        let claims = Claims {
            token_type,
            exp: now.timestamp() + 30 * 86_400,
            iat: now.timestamp(),
            jti: "0".repeat(32),
            user_id,
            family: "test".into(),
            epoch: identity.account().epoch,
        };
        self.app.signer().sign(&claims).unwrap()
    }
}
