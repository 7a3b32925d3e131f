//! Values against a table's description.

use chrono::Datelike;
use rust_decimal::Decimal;

use crate::db::{Changes, Column, Kind, Table, Value};
use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;

/// Values against the description: kind, length, digits, choices, minimum, NULL. A field's own reader has said all
/// this more kindly before; this is the net below it, the same on both engines.
pub(in crate::db) fn check_values(table: &Table, changes: &Changes) -> Result<()> {
    for (name, value) in changes.iter() {
        let Some(column) = table.column(name) else {
            return Err(Error::Failed(format!("{}.{name} is not described", table.name)));
        };
        let Ok(complaint) = complaint(column, value) else {
            return Err(Error::Failed(format!(
                "{}.{name} was given another kind of value",
                table.name
            )));
        };
        if let Some((code, message)) = complaint {
            return Err(Refusal::field(name, code, message).into());
        }
    }
    Ok(())
}

/// A value of another kind than its column's.
pub(in crate::db) struct OtherKind;

/// What is wrong with a value by its column's description: a code and a sentence.
pub(in crate::db) fn complaint(
    column: &Column,
    value: &Value,
) -> Result<Option<(&'static str, Text)>, OtherKind> {
    Ok(match (column.kind, value) {
        (_, Value::Null) if column.null => None,
        (_, Value::Null) => Some(("null", Text::key("error.null"))),
        (Kind::Text(max), Value::Text(text)) => {
            let too_long = text.chars().count() > usize::from(max);
            let not_a_choice =
                !column.choices.is_empty() && !column.choices.contains(&text.as_str());
            if text.contains('\0') {
                Some(("invalid", Text::key("error.null_characters")))
            } else if too_long {
                Some(("max_length", Text::key("error.max_length").with("max", max)))
            } else {
                not_a_choice.then(|| {
                    ("invalid_choice", Text::key("error.invalid_choice").with("value", text))
                })
            }
        }
        (Kind::Decimal { digits, places }, Value::Decimal(decimal, _)) => {
            let whole_limit = 10_i64.pow(u32::from(digits - places));
            let fits = decimal.normalize().scale() <= u32::from(places)
                && decimal.abs() < Decimal::from(whole_limit);
            if fits {
                below_min(column, *decimal)
            } else {
                Some((
                    "max_digits",
                    Text::key("error.max_digits").with("digits", digits).with("places", places),
                ))
            }
        }
        (Kind::Int, Value::Int(number)) => {
            if i32::try_from(*number).is_ok() {
                below_min(column, (*number).into())
            } else {
                Some(("invalid", Text::key("error.integer")))
            }
        }
        (Kind::LongText, Value::Text(text)) if text.contains('\0') => {
            Some(("invalid", Text::key("error.null_characters")))
        }
        (Kind::Id | Kind::Ref, Value::Int(_))
        | (Kind::Bool, Value::Bool(_))
        | (Kind::LongText, Value::Text(_))
        | (Kind::Time, Value::Time(_)) => None,
        (Kind::Date, Value::Date(day)) => {
            (!is_kept(day.year())).then(|| ("invalid", Text::key("error.date")))
        }
        (Kind::DateTime, Value::DateTime(moment)) => {
            (!is_kept(moment.year())).then(|| ("invalid", Text::key("error.datetime")))
        }
        _ => return Err(OtherKind),
    })
}

fn below_min(column: &Column, number: Decimal) -> Option<(&'static str, Text)> {
    let min = column.min.filter(|min| number < Decimal::from(*min))?;
    Some(("min_value", Text::key("error.min_value").with("min", min)))
}

/// Years that either engine stores and sorts: four digits.
fn is_kept(year: i32) -> bool {
    (1..=9_999).contains(&year)
}
