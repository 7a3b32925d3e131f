//! Counting failed log-ins per account and address.

use std::sync::Arc;

use chrono::Duration;

use crate::cache::Cache;
use crate::error::{Kind, Refusal, Result};
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

    /// Refuses when too many have failed already.
    pub async fn check(&self, login: &str, address: &str) -> Result<()> {
        for (key, limit) in self.keys(login, address) {
            let (count, left) = self.cache.counted(&key).await;
            if count >= limit {
                let seconds = u64::try_from(left.num_seconds()).unwrap_or(1).max(1);
                let text = Text::key("error.too_many_logins").with("minutes", seconds.div_ceil(60));
                return Err(Refusal::new(
                    Kind::TooMany { retry_after: seconds },
                    "throttled",
                    text,
                )
                .into());
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
