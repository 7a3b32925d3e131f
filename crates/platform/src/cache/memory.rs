//! Counters and texts in memory.

use std::time::Instant;

use chrono::Duration;
use moka::sync::Cache;

/// Bytes of all texts together.
const TEXT_BYTES: u64 = 32 << 20;

#[derive(Debug)]
pub(super) struct Memory {
    counters: Cache<String, (u64, Instant, std::time::Duration)>,
    /// Texts, and the moment each of them ends.
    texts: Cache<String, (String, Instant)>,
}

impl Memory {
    pub(super) fn new() -> Self {
        // Bounded: an attacker who invents names cannot fill the memory.
        let counters = Cache::builder()
            .max_capacity(100_000)
            .time_to_live(std::time::Duration::from_secs(3_600))
            .build();
        let texts = Cache::builder()
            .max_capacity(TEXT_BYTES)
            .weigher(|key: &String, (text, _): &(String, Instant)| {
                u32::try_from(key.len() + text.len() + 64).unwrap_or(u32::MAX)
            })
            .build();
        Self { counters, texts }
    }

    pub(super) fn count(&self, key: &str, window: Duration) -> u64 {
        let window = window.to_std().unwrap_or_default();
        let entry = self.counters.entry(key.to_owned()).and_upsert_with(|known| {
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
        match self.counters.get(key) {
            Some((count, since, length)) if since.elapsed() < length => {
                let left = length.saturating_sub(since.elapsed());
                (count, Duration::from_std(left).unwrap_or_default())
            }
            _ => (0, Duration::zero()),
        }
    }

    pub(super) fn forget(&self, key: &str) {
        self.counters.invalidate(key);
    }

    pub(super) fn get(&self, key: &str) -> Option<String> {
        self.texts.get(key).filter(|(_, end)| Instant::now() < *end).map(|(text, _)| text)
    }

    pub(super) fn set(&self, key: &str, text: &str, time: Duration) {
        let time = time.to_std().unwrap_or_default();
        // An end beyond what the machine can count is never reached; the capacity still bounds it.
        if let Some(end) = Instant::now().checked_add(time) {
            self.texts.insert(key.to_owned(), (text.to_owned(), end));
        }
    }

    pub(super) fn delete(&self, key: &str) -> bool {
        let was_there = self.get(key).is_some();
        self.texts.invalidate(key);
        was_there
    }
}
