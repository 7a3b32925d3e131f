//! Conditions as Django writes them (`name__icontains`), as SQL that means the same on both engines.
//!
//! Texts are searched with INSTR and SUBSTR: LIKE would ignore case on one engine and not on the other.

use rhai::{Array, Dynamic, Map};

use super::convert::{column, to_value};
use super::session::Outcome;
use crate::db::{Column, Filter, Kind, Table, Value};
use crate::types::fold;

const LOOKUPS: &str = "exact, iexact, contains, icontains, startswith, istartswith, endswith, iendswith, gt, gte, lt, lte, in, range, isnull";
/// Values of one `in`: more would be a text that neither engine likes.
const MOST_VALUES: usize = 1_000;

/// All conditions of a map, joined by AND.
pub(super) fn conditions(table: &'static Table, asked: &Map) -> Outcome<Filter> {
    let mut filter = Filter::new();
    for (key, given) in asked {
        let (sql, values) = condition(table, key, given)?;
        filter = filter.and_with(&sql, &values);
    }
    Ok(filter)
}

fn condition(table: &'static Table, key: &str, given: &Dynamic) -> Outcome<(String, Vec<Value>)> {
    let (name, lookup) = key.split_once("__").unwrap_or((key, "exact"));
    let column = column(table, name)?;
    let one = || to_value(table, column, given);
    let compare = |sign: &str| -> Outcome<(String, Vec<Value>)> {
        let value = one()?;
        if value.is_null() {
            return Err(format!("{key} cannot be compared with None").into());
        }
        Ok((format!("{} {sign} ?", column.name), vec![value]))
    };
    match lookup {
        "exact" if given.is_unit() => Ok((format!("{} IS NULL", column.name), Vec::new())),
        "exact" => compare("="),
        "gt" => compare(">"),
        "gte" => compare(">="),
        "lt" => compare("<"),
        "lte" => compare("<="),
        "in" => {
            let values = list(table, column, key, given)?;
            if values.is_empty() {
                return Ok(("1 = 0".to_owned(), values));
            }
            let places = vec!["?"; values.len()].join(", ");
            Ok((format!("{} IN ({places})", column.name), values))
        }
        "range" => {
            let values = list(table, column, key, given)?;
            if values.len() != 2 {
                return Err(format!("{key} takes a list of two values").into());
            }
            Ok((format!("{} BETWEEN ? AND ?", column.name), values))
        }
        "isnull" => match given.as_bool() {
            Ok(true) => Ok((format!("{} IS NULL", column.name), Vec::new())),
            Ok(false) => Ok((format!("{} IS NOT NULL", column.name), Vec::new())),
            Err(_) => Err(format!("{key} takes True or False").into()),
        },
        "iexact" | "contains" | "icontains" | "startswith" | "istartswith" | "endswith"
        | "iendswith" => text_condition(column, key, lookup, given),
        other => Err(format!(
            "\"{other}\" is no lookup for {name}; there are {LOOKUPS} (other tables are not reached through __)"
        )
        .into()),
    }
}

fn list(table: &Table, column: &Column, key: &str, given: &Dynamic) -> Outcome<Vec<Value>> {
    let Some(array) = given.clone().try_cast::<Array>() else {
        return Err(format!("{key} takes a list, such as [1, 2]").into());
    };
    if array.len() > MOST_VALUES {
        return Err(format!("{key} takes at most {MOST_VALUES} values").into());
    }
    array.iter().map(|value| to_value(table, column, value)).collect()
}

fn text_condition(
    column: &Column,
    key: &str,
    lookup: &str,
    given: &Dynamic,
) -> Outcome<(String, Vec<Value>)> {
    let text = given.clone().into_string().ok();
    let (Kind::Text(_) | Kind::LongText, Some(text)) = (column.kind, text) else {
        return Err(format!("{key} compares texts only").into());
    };
    let name = column.name;
    let (side, place, text) = match lookup.strip_prefix('i') {
        Some(_) if column.folded => (format!("{name}_fold"), "?", fold(&text)),
        Some(_) => (format!("LOWER({name})"), "LOWER(?)", text),
        None => (name.to_owned(), "?", text),
    };
    let length = text.chars().count();
    let sql = match lookup.trim_start_matches('i') {
        "exact" => format!("{side} = {place}"),
        "contains" => format!("INSTR({side}, {place}) > 0"),
        "startswith" => format!("INSTR({side}, {place}) = 1"),
        // The end of length 0 is every text's end, but not what SUBSTR(…, 0) says.
        _ if length == 0 => return Ok((format!("{name} IS NOT NULL"), Vec::new())),
        _ => format!("SUBSTR({side}, -{length}) = {place}"),
    };
    Ok((sql, vec![Value::Text(text)]))
}
