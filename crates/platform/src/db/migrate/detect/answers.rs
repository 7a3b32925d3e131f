//! What no comparison can tell: whether something got another name, and what rows get in a new column.

use crate::db::state::ColumnState;
use crate::error::Result;

/// Somebody who knows.
pub trait Answers {
    /// The name that the removed table `old` has now, if it was renamed; `alike` are new tables of its form, `added` all
    /// new ones.
    fn renamed_table(
        &mut self,
        old: &str,
        alike: &[&str],
        added: &[&str],
    ) -> Result<Option<String>>;

    /// The name that the removed column `old` has now, if it was renamed; `alike` are new columns of its kind,
    /// `added` all new ones.
    fn renamed_column(
        &mut self,
        table: &str,
        old: &str,
        alike: &[&str],
        added: &[&str],
    ) -> Result<Option<String>>;

    /// The value of rows that are there in a column that must not be empty; `was_there` if it might have been
    /// empty until now.
    fn value_for(&mut self, table: &str, column: &ColumnState, was_there: bool) -> Result<String>;
}
