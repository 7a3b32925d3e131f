//! Redis: reachable, and kept in a way that counters survive.

use super::{Check, Found, Level, Look, RedisFacts, Subject, Tag};
use crate::config::Config;

const CACHES: &[Tag] = &[Tag::Caches];

const fn check(
    id: &'static str,
    level: Level,
    look: fn(&RedisFacts, &Config) -> Vec<Found>,
) -> Check {
    Check::new(id, level, CACHES, Look::Redis(look)).deploy()
}

pub(super) const CHECKS: &[Check] = &[
    Check::new("redis.E001", Level::Error, CACHES, Look::Service(away)).deploy(),
    check("redis.E002", Level::Error, |facts, _| {
        Found::when(!facts.keeps, || {
            Found::new("Redis takes a value and does not give it back.")
                .hint("Is it a replica, or out of memory?")
        })
    }),
    check("redis.E003", Level::Error, |facts, _| {
        let major: u32 = facts.version.split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        Found::when(major < 7, || {
            Found::new(format!("Redis {} does not know EXPIRE … NX, which counting needs.", facts.version))
                .hint("Redis 7 or newer, or Valkey")
        })
    }),
    check("redis.W004", Level::Warning, |facts, _| {
        Found::when(facts.max_memory > 0 && facts.eviction != "noeviction", || {
            Found::new(format!(
                "Redis forgets what it likes when its memory is full ({}): counters of failed log-ins too.",
                facts.eviction
            ))
            .hint("maxmemory-policy noeviction")
        })
    }),
    check("redis.W005", Level::Warning, |facts, _| {
        Found::when(!facts.appends && facts.saves.is_empty(), || {
            Found::new("Redis keeps nothing on the disk: after a restart counters begin at nought.")
                .hint("appendonly yes")
        })
    }),
    Check::new("redis.W006", Level::Warning, &[Tag::Caches, Tag::Security], Look::Redis(|facts, _| {
        Found::when(facts.is_open && !facts.is_local, || {
            Found::new("Redis lets anybody in who reaches it: it has no password.")
                .hint("requirepass, and REDIS_URL=redis://:<password>@host:6379/0; or keep it in a network of its own.")
                .about("REDIS_URL")
        })
    })).deploy(),
];

fn away(subject: &Subject<'_>) -> Vec<Found> {
    let Some(reason) = subject.redis_away() else { return Vec::new() };
    vec![
        Found::new(format!("Redis cannot be reached: {reason}."))
            .hint(
                "Is it running, and is REDIS_URL right? Meanwhile each process counts for itself.",
            )
            .about("REDIS_URL"),
    ]
}
