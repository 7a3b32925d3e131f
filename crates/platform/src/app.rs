//! The running program: configuration, database, clock, accounts in one value; built once, passed everywhere.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::acceptance::Scenario;
use crate::auth::code::Codes;
use crate::auth::identity::{self, Generation};
use crate::auth::login::Verified;
use crate::auth::password::Pool;
use crate::auth::throttle::Throttle;
use crate::auth::token::Signer;
use crate::auth::{Accounts, Identities};
use crate::cache::Cache;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::migrate::adopt::Predecessor;
use crate::db::migrate::{Migration, plan};
use crate::db::{Conn, Db, DbError, Tx, WriteContext, slow, system};
use crate::error::{Error, Result};
use crate::http::Caller;
use crate::http::home::Invitation;
use crate::http::security::Security;
use crate::i18n::Texts;
use crate::later::Later;
use crate::mail::Mailer;
use crate::manage::Command;
use crate::module::Module;
use crate::params;

/// What a program built on this engine room brings along.
#[derive(Clone, Copy)]
pub struct Program {
    /// Its name for people.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The commit it was built from, where the build knew it.
    pub commit: Option<&'static str>,
    /// Its modules, in dependency order.
    pub modules: &'static [Module],
    /// The program that it replaces, whose database it can take over.
    pub predecessor: Option<&'static Predecessor>,
    /// Its operator commands that work across modules; a module's own are on its card.
    pub commands: fn() -> Vec<Command>,
    /// Its sentences.
    pub texts: Texts,
    /// Its users' table.
    pub accounts: fn() -> Box<dyn Accounts>,
    /// Makes the first administrator from a form's values; returns the user's id.
    pub create_administrator: fn(&mut Tx<'_>, &NewAdministrator) -> Result<i64>,
    /// Loads what an empty installation should have (catalogues); called once in DEBUG on an empty database.
    pub load_catalogues: fn(&mut Tx<'_>) -> Result<()>,
    /// What it proves of itself where `manage test` runs away from its source.
    pub acceptance: fn() -> Vec<Scenario>,
}

/// The first administrator, as asked for.
#[derive(Clone, Debug)]
pub struct NewAdministrator {
    /// Log-in name.
    pub email: String,
    /// Handle.
    pub user_name: String,
    /// Document number.
    pub document_number: String,
    /// Hash of the password.
    pub password_hash: String,
}

/// The running program, cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    program: Program,
    config: Config,
    db: Db,
    clock: Clock,
    identities: Arc<Identities>,
    passwords: Pool,
    signer: Signer,
    verified: Verified,
    cache: Arc<Cache>,
    throttle: Throttle,
    invitation: Invitation,
    security: Security,
    mailer: Mailer,
    codes: Codes,
    later: Later,
}

impl App {
    /// Builds the program. The configuration must have a secret key by now.
    pub fn build(program: Program, config: Config, clock: Clock) -> Result<Self> {
        let cache = match &config.redis_url {
            Some(url) => Cache::redis(url.reveal())?,
            None => Cache::memory(),
        };
        let cache = Arc::new(cache);
        let generation = Generation::default();
        slow::set_limit(config.database.slow_query_ms);
        let db = Db::start(&config.database.location, config.database.connections)?;
        Ok(Self(Arc::new(Inner {
            identities: Arc::new(Identities::new((program.accounts)(), generation)),
            passwords: Pool::default(),
            signer: Signer::new(config.auth.jwt_secret.reveal())?
                .accepting(&config.security.key_fallbacks)?,
            verified: Verified::new()?,
            throttle: Throttle::new(Arc::clone(&cache), config.http.login_attempts),
            cache,
            invitation: Invitation::default(),
            security: Security::new(&config),
            mailer: Mailer::new(config.mail.clone(), clock.clone()),
            codes: Codes::new(config.auth.secret_key.reveal())?,
            later: Later::default(),
            program,
            config,
            db,
            clock,
        })))
    }

    /// What it runs.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.0.program
    }

    /// Configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The clinic's day now.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.0.clock.today(self.0.config.time_zone)
    }

    /// Remembered accounts.
    #[must_use]
    pub fn identities(&self) -> &Arc<Identities> {
        &self.0.identities
    }

    /// Password hashing.
    #[must_use]
    pub fn passwords(&self) -> &Pool {
        &self.0.passwords
    }

    /// Token signing.
    #[must_use]
    pub fn signer(&self) -> &Signer {
        &self.0.signer
    }

    /// Verified HTTP Basic credentials.
    #[must_use]
    pub fn verified(&self) -> &Verified {
        &self.0.verified
    }

    /// Things that may be forgotten.
    #[must_use]
    pub fn cache(&self) -> &Cache {
        &self.0.cache
    }

    /// Log-in limits.
    #[must_use]
    pub fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    /// The one-time invitation of the first administrator.
    #[must_use]
    pub fn invitation(&self) -> &Invitation {
        &self.0.invitation
    }

    /// Security headers and the way to https.
    #[must_use]
    pub fn security(&self) -> &Security {
        &self.0.security
    }

    /// Messages to people.
    #[must_use]
    pub fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }

    /// Hashes of codes that prove an address.
    #[must_use]
    pub fn codes(&self) -> &Codes {
        &self.0.codes
    }

    /// Work that an answer does not wait for.
    #[must_use]
    pub fn later(&self) -> &Later {
        &self.0.later
    }

    /// The one way a request changes anything: `work` in a transaction, in the caller's name.
    pub async fn write<T, F>(&self, caller: &Caller, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let context = self.context(
            caller.identity().map(super::auth::identity::Identity::id),
            caller.request_id(),
        );
        self.0.db.write(context, work).await
    }

    /// The same in nobody's name, for what the program does by itself.
    pub async fn write_as_system<T, F>(&self, origin: &str, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.0.db.write(self.context(None, origin), work).await
    }

    /// The same for commands and tests, which have no async runtime. `alone` for long writes.
    pub fn write_blocking<T, F>(&self, origin: &str, alone: bool, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.0.db.write_blocking(self.context(None, origin), alone, work)
    }

    fn context(&self, actor: Option<i64>, origin: &str) -> WriteContext {
        WriteContext {
            actor,
            origin: origin.to_owned(),
            now: self.0.clock.now(),
            generation: self.0.identities.generation().clone(),
        }
    }

    /// All migrations in order: the engine room's own and the modules'.
    pub fn migrations(&self) -> Result<Vec<&'static Migration>> {
        migrations(self.0.program.modules)
    }

    /// Watches for identity changes made by other processes; runs until the program ends.
    pub async fn watch_identities(self) {
        let mut seen: Option<i64> = None;
        let mut ticks = tokio::time::interval(std::time::Duration::from_millis(200));
        loop {
            ticks.tick().await;
            let version = self
                .db()
                .read(|conn: &mut Conn| {
                    let sql = "SELECT value FROM versions WHERE name = ?";
                    Ok(conn.scalar::<i64>(sql, &params![identity::VERSION])?.unwrap_or(0))
                })
                .await
                .ok();
            // A database that is away may have changed meanwhile: what is remembered is not trusted then.
            if version.is_none() || seen.is_some() && version != seen {
                self.identities().generation().next();
            }
            seen = version;
        }
    }

    /// Whether the database answers at all; the reason if not.
    pub async fn database_state(&self) -> std::result::Result<(), DbError> {
        match self.db().read(|conn| Ok(conn.one::<i64>("SELECT 1", &[])?)).await {
            Ok(_) => Ok(()),
            Err(Error::Db(error)) => Err(error),
            Err(other) => Err(DbError::Unavailable(other.to_string())),
        }
    }
}

/// All migrations of some modules, the engine room's own first.
pub fn migrations(modules: &'static [Module]) -> Result<Vec<&'static Migration>> {
    let mut lists: Vec<&'static [Migration]> = vec![system::MIGRATIONS];
    lists.extend(modules.iter().map(|module| module.migrations));
    plan::order(&lists)
}
