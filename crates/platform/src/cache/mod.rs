//! Counters and texts that expire: in memory, or in Redis when several processes must share them.
//!
//! A Redis that is away makes counting local to the process for that moment: slower to notice, never a failed
//! request. A text that cannot be had is told: only the caller knows whether it can do without.

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

    /// The text kept under `key`, if it is still there.
    pub async fn get(&self, key: &str) -> Result<Option<String>> {
        match &self.redis {
            Some(redis) => redis.get(key).await.map_err(away),
            None => Ok(self.memory.get(key)),
        }
    }

    /// Keeps `text` under `key` for `time`; no time removes it.
    pub async fn set(&self, key: &str, text: &str, time: Duration) -> Result<()> {
        if time <= Duration::zero() {
            return self.delete(key).await.map(|_| ());
        }
        if let Some(redis) = &self.redis {
            return redis.set(key, text, time).await.map_err(away);
        }
        self.memory.set(key, text, time);
        Ok(())
    }

    /// Drops the text kept under `key`; whether there was one.
    pub async fn delete(&self, key: &str) -> Result<bool> {
        match &self.redis {
            Some(redis) => redis.delete(key).await.map_err(away),
            None => Ok(self.memory.delete(key)),
        }
    }
}

fn away(error: ::redis::RedisError) -> Error {
    Error::failed("Redis does not answer (REDIS_URL)", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_apart_from_counters_and_go_with_their_time() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let cache = Cache::memory();
            let minute = Duration::minutes(1);
            cache.set("key", "text", minute).await.unwrap();
            assert_eq!(cache.count("key", minute).await, 1);
            assert_eq!(cache.get("key").await.unwrap().as_deref(), Some("text"));
            cache.forget("key").await;
            assert!(cache.get("key").await.unwrap().is_some(), "only the counter was forgotten");
            cache.set("key", "other", Duration::zero()).await.unwrap();
            assert_eq!(cache.get("key").await.unwrap(), None, "no time is none");
            cache.set("key", "text", Duration::microseconds(1)).await.unwrap();
            let begun = std::time::Instant::now();
            while begun.elapsed() < std::time::Duration::from_micros(2) {}
            assert_eq!(cache.get("key").await.unwrap(), None);
            cache.set("key", "text", minute).await.unwrap();
            assert!(cache.delete("key").await.unwrap());
            assert!(!cache.delete("key").await.unwrap());
        });
    }
}
