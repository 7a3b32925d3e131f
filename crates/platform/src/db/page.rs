//! Pages of a list: which one is wanted, and what one holds.

use std::ops::ControlFlow;

use super::{Conn, DbResult, Filter, Row, Value};

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

/// A list to be paged: its columns, where they come from, which rows, in which order.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'q> {
    /// What is selected.
    pub columns: &'q str,
    /// Table with its alias; conditions speak of this alone, so that counting needs no join.
    pub table: &'q str,
    /// Joins for the columns.
    pub joins: &'q str,
    /// Which rows.
    pub filter: &'q Filter,
    /// ` ORDER BY …`.
    pub order: &'q str,
    /// The table whose kept count is this list's length, when nothing else is filtered.
    pub counted: Option<&'q str>,
}

impl Listing<'_> {
    /// How many rows the list has.
    pub fn count(&self, conn: &mut Conn) -> DbResult<u64> {
        let count: i64 = match self.counted {
            Some(table) => conn.one(
                "SELECT COALESCE(SUM(live), 0) FROM row_counts WHERE table_name = ?",
                &crate::params![table],
            )?,
            None => conn.one(
                &format!("SELECT COUNT(*) FROM {}{}", self.table, self.filter.sql()),
                self.filter.values(),
            )?,
        };
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// One page of it; `None` if there is no such page.
    pub fn page<T>(
        &self,
        conn: &mut Conn,
        wanted: PageRequest,
        map: impl FnMut(&Row<'_>) -> DbResult<T>,
    ) -> DbResult<Option<Page<T>>> {
        let count = self.count(conn)?;
        let Some(number) = wanted.resolve(count) else { return Ok(None) };
        let (limit, bounds) = wanted.limit(number);
        let values = [self.filter.values(), &bounds].concat();
        let rows = conn.rows(&format!("{}{limit}", self.sql()), &values, map)?;
        Ok(Some(Page { rows, count, number, size: wanted.size }))
    }

    /// Visits its rows in order, at most `cap` of them, until told to stop.
    pub fn each(
        &self,
        conn: &mut Conn,
        cap: u64,
        visit: impl FnMut(&Row<'_>) -> DbResult<ControlFlow<()>>,
    ) -> DbResult<()> {
        let cap = Value::Int(i64::try_from(cap).unwrap_or(i64::MAX));
        let values = [self.filter.values(), &[cap]].concat();
        conn.each(&format!("{} LIMIT ?", self.sql()), &values, visit)
    }

    fn sql(&self) -> String {
        format!(
            "SELECT {} FROM {}{}{}{}",
            self.columns,
            self.table,
            self.joins,
            self.filter.sql(),
            self.order
        )
    }
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
