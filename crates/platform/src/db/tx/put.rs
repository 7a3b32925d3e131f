//! Rows that bring their own key: written over the row that has it, or inserted.

use super::Tx;
use super::check::check_values;
use super::form::{assignments, is_live};
use crate::db::{Changes, Kind, Table, Value};
use crate::error::{Refusal, Result};
use crate::i18n::Text;

/// History entries kept back at most; an import of millions must not keep them all until its end.
const HISTORY_KEPT: usize = 1_000;

impl Tx<'_> {
    /// Writes a row by its key: changes the row that has it, else inserts. Counts, word index, folded twins and
    /// history follow, also when the row is deleted or restored thereby. Without an `id` it is a new row.
    pub fn put(&mut self, table: &'static Table, row: Changes) -> Result<()> {
        if table.key == ["id"] { self.put_by_id(table, row) } else { self.put_by_key(table, row) }?;
        self.write_history_beyond(HISTORY_KEPT)?;
        Ok(())
    }

    fn put_by_id(&mut self, table: &'static Table, mut row: Changes) -> Result<()> {
        let Some(id) = row.int("id") else { return self.put_new(table, row) };
        let state = if table.is_soft_deleted() { "deleted_at IS NULL" } else { "1" };
        let sql = format!("SELECT {state} FROM {} WHERE id = ?{}", table.name, self.for_update());
        let Some(was_live) = self.scalar::<bool>(&sql, &[Value::Int(id)])? else {
            return self.put_new(table, row);
        };
        row.remove("id");
        let lives = if row.has("deleted_at") { is_live(&row) } else { was_live };
        self.update(table, id, row)?;
        if was_live != lives {
            self.count(table, if lives { 1 } else { -1 });
            self.reindex_words(table, id)?;
        }
        Ok(())
    }

    fn put_by_key(&mut self, table: &'static Table, row: Changes) -> Result<()> {
        let mut conditions = Vec::new();
        let mut key = Vec::new();
        for name in table.key {
            let Some(value) = row.get(name) else {
                return Err(required(name));
            };
            conditions.push(format!("{name} = ?"));
            key.push(value.clone());
        }
        let condition = conditions.join(" AND ");
        let sql = format!("SELECT 1 FROM {} WHERE {condition}{}", table.name, self.for_update());
        if !self.exists(&sql, &key)? {
            return self.put_new(table, row);
        }
        let mut rest = row;
        for name in table.key {
            rest.remove(name);
        }
        if !rest.is_empty() {
            check_values(table, &rest)?;
            let (sets, mut values) = assignments(table, &rest);
            values.extend(key);
            self.execute(&format!("UPDATE {} SET {sets} WHERE {condition}", table.name), &values)?;
        }
        Ok(())
    }

    fn put_new(&mut self, table: &'static Table, row: Changes) -> Result<()> {
        check_values(table, &row)?;
        let stamped = ["created_at", "updated_at"];
        for column in table.columns {
            let may_miss = column.null || column.kind == Kind::Id || stamped.contains(&column.name);
            if !may_miss && !row.has(column.name) {
                return Err(required(column.name));
            }
        }
        self.insert(table, row).map(|_| ())
    }
}

fn required(column: &'static str) -> crate::error::Error {
    Refusal::field(column, "required", Text::key("error.required")).into()
}
