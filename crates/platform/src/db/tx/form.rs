//! The form in which values are written: normalised, with their folded twins.

use crate::db::value::micros;
use crate::db::{Changes, Kind, Table, Value, search};
use crate::error::{Error, Result};
use crate::types::{fold, time};

pub(super) fn folded_twin(table: &Table, name: &str, value: &Value) -> Option<(String, Value)> {
    table.column(name).filter(|column| column.folded)?;
    let folded = match value {
        Value::Text(text) => Value::Text(fold(text)),
        _ => Value::Null,
    };
    Some((format!("{name}_fold"), folded))
}

/// `column = ?` for each change and its folded twin, and the values.
pub(super) fn assignments(table: &Table, changes: &Changes) -> (String, Vec<Value>) {
    let mut sets: Vec<String> = Vec::new();
    let mut values = Vec::new();
    for (name, value) in changes.iter() {
        sets.push(format!("{name} = ?"));
        values.push(normal(table, name, value));
        if let Some((twin, folded)) = folded_twin(table, name, value) {
            sets.push(format!("{twin} = ?"));
            values.push(folded);
        }
    }
    (sets.join(", "), values)
}

/// One row's values for the columns `names`, which must be exactly its own.
pub(super) fn push_row(
    table: &Table,
    names: &[&'static str],
    changes: &Changes,
    values: &mut Vec<Value>,
) -> Result<()> {
    let differs = || Error::Failed(format!("rows of {} have different columns", table.name));
    if changes.iter().count() != names.len() {
        return Err(differs());
    }
    for name in names {
        let value = changes.get(name).ok_or_else(differs)?;
        values.push(normal(table, name, value));
        values.extend(folded_twin(table, name, value).map(|(_, folded)| folded));
    }
    Ok(())
}

/// Whether a new row is not one that was deleted before.
pub(super) fn is_live(changes: &Changes) -> bool {
    !matches!(changes.get("deleted_at"), Some(Value::DateTime(_)))
}

pub(super) fn words_of(table: &Table, changes: &Changes) -> Vec<String> {
    search::row_words(table.searched.iter().filter_map(|name| changes.text(name)))
}

/// The value as it will be read back: decimals with the column's places, times to the microsecond.
pub(super) fn normal(table: &Table, name: &str, value: &Value) -> Value {
    match (table.column(name).map(|column| column.kind), value) {
        (Some(Kind::Decimal { places, .. }), Value::Decimal(decimal, _)) => {
            let mut decimal = *decimal;
            decimal.rescale(u32::from(places));
            Value::Decimal(decimal, places)
        }
        (_, Value::Time(value)) => Value::Time(micros(*value)),
        (_, Value::DateTime(moment)) => Value::DateTime(time::truncate(*moment)),
        _ => value.clone(),
    }
}
