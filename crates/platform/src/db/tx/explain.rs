//! Broken constraints as refusals that name the API's field.

use super::Tx;
use crate::db::constraint::Violation;
use crate::db::{Changes, DbError, DbResult, Table, Value};
use crate::error::{Error, Refusal};
use crate::i18n::Text;

impl Tx<'_> {
    /// A broken constraint as a refusal that names the API's field; anything else as it is.
    pub(super) fn explain(
        &mut self,
        error: DbError,
        table: &'static Table,
        rows: &[Changes],
    ) -> Error {
        let DbError::Constraint(violation) = &error else { return Error::Db(error) };
        match violation {
            Violation::Unique { name, columns } => {
                let broken = table.uniques.iter().find(|unique| {
                    name.as_deref() == Some(unique.name)
                        || (name.is_none() && unique.columns == columns.as_slice())
                });
                let field = broken.map_or("non_field_errors", |unique| unique.field);
                Refusal::field(field, "unique", Text::key("error.unique")).into()
            }
            Violation::MissingParent => match self.missing_parent(table, rows) {
                Ok(Some((column, id))) => Refusal::field(
                    column,
                    "does_not_exist",
                    Text::key("error.does_not_exist").with("id", id),
                )
                .into(),
                _ => Error::Db(error),
            },
            Violation::HasChildren => {
                Refusal::conflict("protected", Text::key("error.protected")).into()
            }
            Violation::Invalid(_) => Error::Db(error),
        }
    }

    /// Which of the references written points nowhere: engines do not say it alike, so it is looked up.
    fn missing_parent(
        &mut self,
        table: &Table,
        rows: &[Changes],
    ) -> DbResult<Option<(&'static str, i64)>> {
        for (changes, column) in
            rows.iter().flat_map(|row| table.columns.iter().map(move |c| (row, c)))
        {
            if let (Some((parent, _)), Some(id)) = (column.references, changes.int(column.name)) {
                let sql = format!("SELECT 1 FROM {parent} WHERE id = ?");
                if !self.conn.exists(&sql, &[Value::Int(id)])? {
                    return Ok(Some((column.name, id)));
                }
            }
        }
        Ok(None)
    }
}
