//! What no comparison can tell: whether something got another name, and what rows get in a new column.

use crate::db::state::ColumnState;
use crate::error::Result;

/// Somebody who knows.
pub trait Answers {
    /// The name that the removed table `old` has now, if it was renamed (`None` unless somebody says so); `_alike` are
    /// new tables of its form, `_added` all new ones.
    fn renamed_table(
        &mut self,
        _old: &str,
        _alike: &[&str],
        _added: &[&str],
    ) -> Result<Option<String>> {
        Ok(None)
    }

    /// The name that the removed column `old` has now, if it was renamed; `_alike` are new columns of its kind,
    /// `_added` all new ones.
    fn renamed_column(
        &mut self,
        _table: &str,
        _old: &str,
        _alike: &[&str],
        _added: &[&str],
    ) -> Result<Option<String>> {
        Ok(None)
    }

    /// The value of rows that are there in a column that must not be empty; `was_there` if it might have been
    /// empty until now.
    fn value_for(&mut self, table: &str, column: &ColumnState, was_there: bool) -> Result<String>;
}
