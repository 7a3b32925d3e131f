//! Counting failed log-ins per account and address.

use std::sync::Arc;

use chrono::Duration;

use crate::cache::Cache;
use crate::error::{Error, Kind, Refusal, Result};
use crate::i18n::Text;

/// The window in which failures are counted.
const WINDOW: Duration = Duration::minutes(15);
/// An address may serve a whole clinic: it gets so many times an account's attempts.
const ADDRESS_FACTOR: u64 = 10;

/// Limits failed log-ins.
#[derive(Clone, Debug)]
pub struct Throttle {
    cache: Arc<Cache>,
    attempts: u64,
}

impl Throttle {
    /// Allows `attempts` failures per account and address.
    #[must_use]
    pub fn new(cache: Arc<Cache>, attempts: u64) -> Self {
        Self { cache, attempts }
    }

    fn keys(&self, login: &str, address: &str) -> [(String, u64); 2] {
        let login = crate::types::fold(login);
        [
            (format!("login:{address}:{login}"), self.attempts),
            (format!("login:{address}"), self.attempts.saturating_mul(ADDRESS_FACTOR)),
        ]
    }

    /// Counts one use of something by somebody and refuses when there were `most` in the window already. For what is
    /// limited whether it works or not, such as sending a message.
    pub async fn spend(&self, what: &str, who: &str, most: u64, window: Duration) -> Result<()> {
        let key = format!("{what}:{who}");
        if self.cache.count(&key, window).await <= most {
            return Ok(());
        }
        let (_, left) = self.cache.counted(&key).await;
        Err(too_many(left, "error.too_many_requests"))
    }

    /// Refuses when too many have failed already.
    pub async fn check(&self, login: &str, address: &str) -> Result<()> {
        for (key, limit) in self.keys(login, address) {
            let (count, left) = self.cache.counted(&key).await;
            if count >= limit {
                return Err(too_many(left, "error.too_many_logins"));
            }
        }
        Ok(())
    }

    /// Counts a failure.
    pub async fn failed(&self, login: &str, address: &str) {
        for (key, _) in self.keys(login, address) {
            self.cache.count(&key, WINDOW).await;
        }
    }

    /// Forgets an account's failures after a success; the address keeps its count.
    pub async fn succeeded(&self, login: &str, address: &str) {
        let [(account, _), _] = self.keys(login, address);
        self.cache.forget(&account).await;
    }
}

/// Too often: again when `left` has passed.
fn too_many(left: Duration, key: &'static str) -> Error {
    let seconds = u64::try_from(left.num_seconds()).unwrap_or(1).max(1);
    let text = Text::key(key).with("minutes", seconds.div_ceil(60));
    Refusal::new(Kind::TooMany { retry_after: seconds }, "throttled", text).into()
}
