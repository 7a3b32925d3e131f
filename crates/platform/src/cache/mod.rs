//! Counters that expire: in memory, or in Redis when several processes must share them.
//!
//! A Redis that is away makes counting local to the process for that moment: slower to notice, never a failed
//! request.

mod explain;
mod memory;
mod redis;

use chrono::Duration;

use crate::error::{Error, Result};

/// A small store of things that may be forgotten.
#[derive(Debug)]
pub struct Cache {
    memory: memory::Memory,
    redis: Option<redis::Redis>,
}

impl Cache {
    /// In memory only.
    #[must_use]
    pub fn memory() -> Self {
        Self { memory: memory::Memory::new(), redis: None }
    }

    /// In Redis, with memory for the moments it is away.
    pub fn redis(url: &str) -> Result<Self> {
        let redis = redis::Redis::new(url).map_err(|error| Error::failed("REDIS_URL", error))?;
        Ok(Self { memory: memory::Memory::new(), redis: Some(redis) })
    }

    /// Whether Redis can be used, the reason if not; `None` without a Redis.
    pub async fn redis_state(&self) -> Option<std::result::Result<(), String>> {
        let redis = self.redis.as_ref()?;
        Some(redis.ping().await.map_err(|error| redis.explain(&error)))
    }

    /// Raises the counter `key` by one and returns it; it vanishes `window` after its first rise.
    pub async fn count(&self, key: &str, window: Duration) -> u64 {
        if let Some(redis) = &self.redis {
            match redis.count(key, window).await {
                Ok(count) => return count,
                Err(error) => {
                    let reason = redis.explain(&error);
                    tracing::warn!(reason, "redis is away; counting in memory");
                }
            }
        }
        self.memory.count(key, window)
    }

    /// The counter's value and the time it has left.
    pub async fn counted(&self, key: &str) -> (u64, Duration) {
        if let Some(redis) = &self.redis {
            match redis.counted(key).await {
                Ok(found) => return found,
                Err(error) => {
                    let reason = redis.explain(&error);
                    tracing::warn!(reason, "redis is away; counting in memory");
                }
            }
        }
        self.memory.counted(key)
    }

    /// Drops the counter.
    pub async fn forget(&self, key: &str) {
        self.memory.forget(key);
        if let Some(redis) = &self.redis
            && let Err(error) = redis.forget(key).await
        {
            tracing::warn!(reason = redis.explain(&error), "redis is away");
        }
    }
}
