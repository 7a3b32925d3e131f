//! Counters in memory.

use std::time::Instant;

use chrono::Duration;
use moka::sync::Cache;

#[derive(Debug)]
pub(super) struct Memory(Cache<String, (u64, Instant, std::time::Duration)>);

impl Memory {
    pub(super) fn new() -> Self {
        // Bounded: an attacker who invents names cannot fill the memory.
        Self(
            Cache::builder()
                .max_capacity(100_000)
                .time_to_live(std::time::Duration::from_secs(3_600))
                .build(),
        )
    }

    pub(super) fn count(&self, key: &str, window: Duration) -> u64 {
        let window = window.to_std().unwrap_or_default();
        let entry = self.0.entry(key.to_owned()).and_upsert_with(|known| {
            match known.map(moka::Entry::into_value) {
                Some((count, since, length)) if since.elapsed() < length => {
                    (count + 1, since, length)
                }
                _ => (1, Instant::now(), window),
            }
        });
        entry.into_value().0
    }

    pub(super) fn counted(&self, key: &str) -> (u64, Duration) {
        match self.0.get(key) {
            Some((count, since, length)) if since.elapsed() < length => {
                let left = length.saturating_sub(since.elapsed());
                (count, Duration::from_std(left).unwrap_or_default())
            }
            _ => (0, Duration::zero()),
        }
    }

    pub(super) fn forget(&self, key: &str) {
        self.0.invalidate(key);
    }
}
