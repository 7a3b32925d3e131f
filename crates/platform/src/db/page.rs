//! Pages of a list: which one is wanted, and what one holds.

use super::{Conn, DbResult, Filter, Value};

/// The page a client wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// From 1.
    pub number: u64,
    /// Rows on a page.
    pub size: u64,
    /// What a page beyond the end is.
    pub beyond: Beyond,
}

/// What asking for a page beyond the end means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// There is no such page.
    Absent,
    /// The last page instead.
    Last,
}

/// Rows of one page with the whole list's length.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Rows on this page.
    pub rows: Vec<T>,
    /// Rows in the whole list.
    pub count: u64,
    /// The page's number.
    pub number: u64,
    /// Rows on a full page.
    pub size: u64,
}

impl<T> Page<T> {
    /// How many pages there are; at least one.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.count.div_ceil(self.size.max(1)).max(1)
    }
}

impl PageRequest {
    /// The number of the page to show of a list of `count` rows; `None` if there is no such page.
    #[must_use]
    pub fn resolve(&self, count: u64) -> Option<u64> {
        let last = count.div_ceil(self.size.max(1)).max(1);
        match self.beyond {
            _ if (1..=last).contains(&self.number) => Some(self.number),
            Beyond::Absent => None,
            Beyond::Last => Some(last),
        }
    }

    /// ` LIMIT ? OFFSET ?` and its parameters for page `number`.
    #[must_use]
    pub fn limit(&self, number: u64) -> (&'static str, [Value; 2]) {
        let whole = |value: u64| Value::Int(i64::try_from(value).unwrap_or(i64::MAX));
        (" LIMIT ? OFFSET ?", [whole(self.size), whole((number - 1).saturating_mul(self.size))])
    }
}

/// The number of rows of a list: from the kept count when nothing is filtered, else counted.
pub fn count(conn: &mut Conn, counted: Option<&str>, from: &str, filter: &Filter) -> DbResult<u64> {
    let count: i64 = match counted {
        Some(table) => conn.one(
            "SELECT COALESCE(SUM(live), 0) FROM row_counts WHERE table_name = ?",
            &crate::params![table],
        )?,
        None => conn.one(&format!("SELECT COUNT(*) FROM {from}{}", filter.sql()), filter.values())?,
    };
    Ok(u64::try_from(count).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_beyond_the_end() {
        let wanted = |number, beyond| PageRequest { number, size: 10, beyond };
        assert_eq!(wanted(3, Beyond::Last).resolve(11), Some(2));
        assert_eq!(wanted(3, Beyond::Absent).resolve(11), None);
        assert_eq!(wanted(1, Beyond::Absent).resolve(0), Some(1));
        assert_eq!(wanted(0, Beyond::Last).resolve(5), Some(1));
    }
}
