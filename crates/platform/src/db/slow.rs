//! Slow statements: figures for each in memory, and a line in the log each time one runs.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;

/// The words of the log line that `slowqueries` looks for.
pub const MESSAGE: &str = "slow query";
/// Statements whose figures are kept; later ones are logged without a history.
const KEPT: usize = 1_000;
/// Characters of a statement that are kept and logged.
const LONGEST: usize = 2_000;

/// Microseconds from which a statement is slow; 0 for never.
static LIMIT: AtomicU64 = AtomicU64::new(200_000);
static SEEN: Mutex<BTreeMap<String, Figures>> = Mutex::new(BTreeMap::new());

/// How often and how long a statement was slow in this process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Times.
    pub count: u64,
    /// Milliseconds of all times together.
    pub total_ms: u64,
    /// Milliseconds of the longest.
    pub max_ms: u64,
}

impl Figures {
    /// Counts one more run.
    pub fn add(&mut self, ms: u64) {
        self.count += 1;
        self.total_ms = self.total_ms.saturating_add(ms);
        self.max_ms = self.max_ms.max(ms);
    }
}

/// Sets from how many milliseconds on a statement is slow; 0 for never.
pub fn set_limit(ms: u64) {
    LIMIT.store(ms.saturating_mul(1_000), Ordering::Relaxed);
}

/// Notes a statement that has run, if it was slow.
#[inline]
pub(super) fn noticed(sql: &str, time: Duration) {
    let limit = LIMIT.load(Ordering::Relaxed);
    if limit != 0 && time.as_micros() >= u128::from(limit) {
        note(sql, time);
    }
}

#[cold]
pub(crate) fn note(sql: &str, time: Duration) {
    let sql = shape(sql);
    let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let figures = {
        let mut seen = SEEN.lock();
        let has_room = seen.len() < KEPT;
        let mut fresh = Figures::default();
        let figures = match seen.get_mut(&sql) {
            Some(known) => known,
            None if has_room => seen.entry(sql.clone()).or_default(),
            None => &mut fresh,
        };
        figures.add(ms);
        *figures
    };
    let Figures { count, total_ms, max_ms } = figures;
    tracing::warn!(sql, ms, count, total_ms, max_ms, "{MESSAGE}");
}

/// The figures of this process.
#[must_use]
pub fn figures() -> Vec<(String, Figures)> {
    SEEN.lock().iter().map(|(sql, figures)| (sql.clone(), *figures)).collect()
}

/// The statement without what differs from run to run: blanks, and how many values a list has.
#[must_use]
pub fn shape(sql: &str) -> String {
    let mut shape = String::with_capacity(sql.len());
    for word in sql.split_whitespace() {
        if !shape.is_empty() {
            shape.push(' ');
        }
        shape.push_str(word);
    }
    while shape.contains("?, ?") {
        shape = shape.replace("?, ?", "?");
    }
    while shape.contains("(?), (?)") {
        shape = shape.replace("(?), (?)", "(?)");
    }
    match shape.char_indices().nth(LONGEST) {
        Some((end, _)) => shape.get(..end).unwrap_or_default().to_owned() + "…",
        None => shape,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_that_differ_in_their_lists_only_are_one() {
        let one = shape("SELECT a\n  FROM t WHERE id IN (?)");
        assert_eq!(one, "SELECT a FROM t WHERE id IN (?)");
        assert_eq!(shape("SELECT a FROM t WHERE id IN (?, ?, ?, ?, ?)"), one);
        assert_eq!(
            shape("INSERT INTO t VALUES (?, ?), (?, ?), (?, ?)"),
            "INSERT INTO t VALUES (?)"
        );
    }

    #[test]
    fn only_slow_statements_are_counted() {
        noticed("SELECT 'a test of figures'", Duration::from_millis(3));
        noticed("SELECT 'a test of figures'", Duration::from_millis(250));
        noticed("SELECT  'a test of figures'", Duration::from_millis(400));
        let found = figures().into_iter().find(|(sql, _)| sql == "SELECT 'a test of figures'");
        let expected = Figures { count: 2, total_ms: 650, max_ms: 400 };
        assert_eq!(found.map(|(_, figures)| figures), Some(expected));
    }
}
