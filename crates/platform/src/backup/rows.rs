//! A row as a line of JSON, an array of its columns' values, and back.
//!
//! Decimals, days, times and moments are text in one fixed form: no reader may round them, and both engines give the
//! same line for the same row.

use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::tables::{ColumnShape, TableShape};
use crate::db::{DbResult, Kind, Row, Value};
use crate::types::time;

/// Appends a row's line.
pub(super) fn write(row: &Row<'_>, table: &TableShape, line: &mut Vec<u8>) -> DbResult<()> {
    line.push(b'[');
    for (position, column) in table.columns.iter().enumerate() {
        if position > 0 {
            line.push(b',');
        }
        let json = to_json(row.value(&column.name, column.kind)?);
        line.extend_from_slice(json.to_string().as_bytes());
    }
    line.extend_from_slice(b"]\n");
    Ok(())
}

fn to_json(value: Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => value.into(),
        Value::Int(value) => value.into(),
        Value::Decimal(mut value, places) => {
            value.rescale(u32::from(places));
            value.to_string().into()
        }
        Value::Text(text) => text.into(),
        // No kind of column holds bytes; `Row::value` gives none.
        Value::Bytes(bytes) => bytes.into(),
        Value::Date(day) => time::stored_date(day).into(),
        Value::Time(value) => time::stored_time(value).into(),
        Value::DateTime(moment) => time::stored_moment(moment).into(),
    }
}

/// Reads a line, appending the values; the reason if it is not a row of this table.
pub(super) fn read(line: &[u8], table: &TableShape, values: &mut Vec<Value>) -> Result<(), String> {
    let cells: Vec<Json> =
        serde_json::from_slice(line).map_err(|error| format!("no row ({error})"))?;
    if cells.len() != table.columns.len() {
        return Err(format!("{} values for {} columns", cells.len(), table.columns.len()));
    }
    for (cell, column) in cells.into_iter().zip(&table.columns) {
        let value = from_json(cell, column)
            .ok_or_else(|| format!("column {} does not hold what its kind says", column.name))?;
        values.push(value);
    }
    Ok(())
}

fn from_json(cell: Json, column: &ColumnShape) -> Option<Value> {
    Some(match (column.kind, cell) {
        (_, Json::Null) => Value::Null,
        (Kind::Id | Kind::Int | Kind::Ref, Json::Number(number)) => Value::Int(number.as_i64()?),
        (Kind::Bool, Json::Bool(value)) => Value::Bool(value),
        (Kind::Text(_) | Kind::LongText, Json::String(text)) => Value::Text(text),
        (Kind::Decimal { places, .. }, Json::String(text)) => {
            let value: Decimal = text.parse().ok()?;
            (value.scale() == u32::from(places)).then_some(Value::Decimal(value, places))?
        }
        (Kind::Date, Json::String(text)) => Value::Date(time::parse_date(&text)?),
        (Kind::Time, Json::String(text)) => Value::Time(time::parse_time(&text)?),
        (Kind::DateTime, Json::String(text)) => Value::DateTime(time::parse_stored_moment(&text)?),
        _ => return None,
    })
}
