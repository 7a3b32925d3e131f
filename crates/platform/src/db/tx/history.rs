//! The history: who changed what from what to what, in the same transaction.

use serde_json::{Map, Value as Json, json};

use super::Tx;
use crate::db::{Changes, DbResult, Table, Value};
use crate::types::time;

/// A line of the history that is not written yet.
pub(super) struct Entry {
    pub(super) action: &'static str,
    pub(super) table: &'static str,
    pub(super) row: i64,
    pub(super) changes: Option<String>,
}

impl Tx<'_> {
    /// Keeps a line for the history, where the table has one.
    pub(super) fn record(
        &mut self,
        action: &'static str,
        table: &'static Table,
        row: i64,
        changes: Option<String>,
    ) {
        if table.audited {
            self.history.push(Entry { action, table: table.name, row, changes });
        }
    }

    /// Writes the history so far, if it has more than `kept` entries.
    pub(super) fn write_history_beyond(&mut self, kept: usize) -> DbResult<()> {
        if self.history.len() <= kept {
            return Ok(());
        }
        let history = std::mem::take(&mut self.history);
        for chunk in history.chunks(200) {
            let places = vec!["(?, ?, ?, ?, ?, ?, ?)"; chunk.len()].join(", ");
            let mut values = Vec::with_capacity(chunk.len() * 7);
            for entry in chunk {
                values.extend(crate::params![
                    self.context.now,
                    self.context.actor,
                    self.context.origin.as_str(),
                    entry.action,
                    entry.table,
                    entry.row,
                    entry.changes.clone()
                ]);
            }
            let sql = format!(
                "INSERT INTO history (at, actor_id, origin, action, table_name, row_id, changes) VALUES {places}"
            );
            self.conn.run(&sql, &values)?;
        }
        Ok(())
    }
}

/// The history's text: `{"column": [from, to]}`, without secrets.
pub(super) fn history_of(table: &Table, before: &Changes, after: &Changes) -> Option<String> {
    if !table.audited {
        return None;
    }
    let mut changed = Map::new();
    for (name, value) in after.iter() {
        if table.column(name).is_some_and(|column| !column.secret) {
            let from = before.get(name).map_or(Json::Null, to_json);
            changed.insert(name.to_owned(), json!([from, to_json(value)]));
        }
    }
    Some(Json::Object(changed).to_string())
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Decimal(value, places) => {
            let mut value = *value;
            value.rescale(u32::from(*places));
            json!(value.to_string())
        }
        Value::Text(text) => json!(text),
        Value::Bytes(bytes) => json!(format!("{} bytes", bytes.len())),
        Value::Date(day) => json!(time::stored_date(*day)),
        Value::Time(value) => json!(time::stored_time(*value)),
        Value::DateTime(moment) => json!(time::WireMoment(*moment)),
    }
}
