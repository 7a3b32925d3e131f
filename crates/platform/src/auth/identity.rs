//! Who is asking, and what they may do.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use moka::sync::Cache;

use crate::db::{Conn, Db, Tx};
use crate::error::Result;
use crate::types::time::Moment;

/// An active user with everything that requests ask about.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The user's id.
    pub id: i64,
    /// E-mail, the log-in name.
    pub email: String,
    /// Handle.
    pub user_name: String,
    /// May everything.
    pub is_superuser: bool,
    /// May enter the panel.
    pub is_staff: bool,
    /// Raised by password, role and state changes; older tokens and sessions end with it.
    pub epoch: i64,
    /// Names of what the roles allow.
    pub permissions: HashSet<String>,
    /// Log-ins that were ended.
    pub ended_families: HashSet<String>,
}

/// The account behind a request, shared.
#[derive(Clone, Debug)]
pub struct Identity(Arc<Account>);

impl Identity {
    /// Wraps an account.
    #[must_use]
    pub fn new(account: Account) -> Self {
        Self(Arc::new(account))
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.0
    }

    /// The user's id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.0.id
    }

    /// Whether it may do `permission`.
    #[must_use]
    pub fn can(&self, permission: &str) -> bool {
        self.0.is_superuser || self.0.permissions.contains(permission)
    }
}

/// What the users' table says about somebody.
#[derive(Clone, Debug)]
pub enum State {
    /// No such user.
    Unknown,
    /// The user may not log in.
    Inactive,
    /// An active user.
    Active(Identity),
}

/// What is needed to check a password.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Whose it is.
    pub user_id: i64,
    /// Stored hash.
    pub hash: String,
}

/// The users' table, as the engine room needs it. Implemented by the program.
pub trait Accounts: Send + Sync + 'static {
    /// The user's state, with what requests ask about.
    fn state(&self, conn: &mut Conn, user_id: i64, now: Moment) -> Result<State>;

    /// The credential of the active user who logs in as `login` (e-mail or user name).
    fn credential(&self, conn: &mut Conn, login: &str) -> Result<Option<Credential>>;

    /// Notes a log-in, and stores a new hash if one was made.
    fn logged_in(&self, tx: &mut Tx<'_>, user_id: i64, new_hash: Option<&str>) -> Result<()>;

    /// Ends the user's log-ins over the API, but the one named `kept`.
    fn end_log_ins(&self, tx: &mut Tx<'_>, user_id: i64, kept: Option<&str>) -> Result<()>;

    /// Whether any administrator exists yet.
    fn has_administrator(&self, conn: &mut Conn) -> Result<bool>;
}

/// The version that rises with every change of users, roles and ended log-ins.
pub const VERSION: &str = "identities";

/// Counts changes of identities in this process; what was remembered before a change is not used after it.
#[derive(Clone, Debug, Default)]
pub struct Generation(Arc<AtomicU64>);

impl Generation {
    /// The present generation.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }

    /// Begins a new one.
    pub fn next(&self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }
}

/// Accounts, remembered until somebody changes one.
pub struct Identities {
    accounts: Box<dyn Accounts>,
    generation: Generation,
    known: Cache<i64, (u64, State)>,
}

/// Longest time an account is remembered without any change.
const REMEMBERED: std::time::Duration = std::time::Duration::from_secs(60);

impl Identities {
    /// Remembers accounts of `accounts`.
    #[must_use]
    pub fn new(accounts: Box<dyn Accounts>, generation: Generation) -> Self {
        let known = Cache::builder().max_capacity(10_000).time_to_live(REMEMBERED).build();
        Self { accounts, generation, known }
    }

    /// The users' table.
    #[must_use]
    pub fn accounts(&self) -> &dyn Accounts {
        self.accounts.as_ref()
    }

    /// The present generation of accounts.
    #[must_use]
    pub fn generation(&self) -> &Generation {
        &self.generation
    }

    /// The user's state, remembered or read.
    pub async fn state(self: &Arc<Self>, db: &Db, user_id: i64, now: Moment) -> Result<State> {
        // Taken before the read: a change in between makes the entry worthless, not wrong.
        let generation = self.generation.now();
        if let Some((seen, state)) = self.known.get(&user_id)
            && seen == generation
        {
            return Ok(state);
        }
        let this = Arc::clone(self);
        let state = db.read(move |conn| this.accounts.state(conn, user_id, now)).await?;
        self.known.insert(user_id, (generation, state.clone()));
        Ok(state)
    }
}
