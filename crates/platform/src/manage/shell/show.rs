//! How values look at the prompt: as Python writes them.

use rhai::{Array, Dynamic, Map};

use super::convert::to_dynamic;
use super::model::Model;
use super::query::Query;
use super::row::Record;
use super::session::Outcome;
use crate::db::Changes;

/// Characters of one value in a message.
const SHORT: usize = 60;
/// Nesting that is shown; a list may contain itself only by copy, but deep enough to be no use.
const DEPTH: usize = 16;

/// What `print` writes: texts as they are.
pub(super) fn plain(value: &Dynamic) -> Outcome<String> {
    match value.clone().into_string() {
        Ok(text) => Ok(text),
        Err(_) => repr(value),
    }
}

/// What the prompt shows: texts in quotes.
pub(super) fn repr(value: &Dynamic) -> Outcome<String> {
    if let Some(query) = value.read_lock::<Query>() {
        let (rows, more) = query.shown()?;
        let mut lines: Vec<String> = rows.iter().map(fields).collect();
        if more {
            lines.push("'...(remaining elements truncated)...'".to_owned());
        }
        return Ok(format!("<QuerySet [{}]>", lines.join(",\n ")));
    }
    Ok(nested(value, DEPTH))
}

/// A value in a message, not longer than a line.
pub(super) fn short(value: &Dynamic) -> String {
    let full = nested(value, 2);
    if full.chars().count() <= SHORT {
        return full;
    }
    full.chars().take(SHORT).chain(['…']).collect()
}

/// Columns with their values.
pub(super) fn fields(values: &Changes) -> String {
    let parts: Vec<String> = values
        .iter()
        .map(|(name, value)| format!("'{name}': {}", nested(&to_dynamic(value), DEPTH)))
        .collect();
    format!("{{{}}}", parts.join(", "))
}

fn nested(value: &Dynamic, depth: usize) -> String {
    if value.is_unit() {
        return "None".to_owned();
    }
    if let Ok(truth) = value.as_bool() {
        return if truth { "True" } else { "False" }.to_owned();
    }
    if let Ok(text) = value.clone().into_string() {
        return quoted(&text);
    }
    if depth == 0 {
        return "…".to_owned();
    }
    if let Some(array) = value.read_lock::<Array>() {
        let parts: Vec<String> = array.iter().map(|item| nested(item, depth - 1)).collect();
        return format!("[{}]", parts.join(", "));
    }
    if let Some(map) = value.read_lock::<Map>() {
        let parts: Vec<String> = map
            .iter()
            .map(|(key, item)| format!("{}: {}", quoted(key), nested(item, depth - 1)))
            .collect();
        return format!("{{{}}}", parts.join(", "));
    }
    if let Some(record) = value.read_lock::<Record>() {
        return fields(&record.values);
    }
    if let Some(model) = value.read_lock::<Model>() {
        return format!("<class '{}'>", model.table.model);
    }
    if let Some(query) = value.read_lock::<Query>() {
        return format!("<QuerySet of {}>", query.table.model);
    }
    value.to_string()
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for c in text.chars() {
        match c {
            '\'' => quoted.push_str("\\'"),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            // What a row contains must not move the operator's cursor.
            c if c.is_control() => quoted.extend(c.escape_default()),
            c => quoted.push(c),
        }
    }
    quoted.push('\'');
    quoted
}
