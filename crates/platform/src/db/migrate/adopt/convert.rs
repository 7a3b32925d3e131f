//! One row of a former table as this program keeps it, with everything that stands against it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::columns::Source;
use crate::db::{Changes, Column, DbResult, Kind, Row, Value, tx};
use crate::types::fold;

/// Rows that may be referred to.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Their new ids, by table.
    pub(super) present: HashMap<&'static str, HashSet<i64>>,
    /// Ids that change, by table.
    pub(super) numbers: HashMap<&'static str, BTreeMap<i64, i64>>,
}

impl Ids {
    fn new_id(&self, table: &str, id: i64) -> i64 {
        self.numbers.get(table).and_then(|numbers| numbers.get(&id)).copied().unwrap_or(id)
    }

    fn has(&self, table: &str, id: i64) -> bool {
        self.present.get(table).is_some_and(|ids| ids.contains(&id))
    }
}

/// Something about one row.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The row's former id.
    pub id: i64,
    /// The column, or columns.
    pub column: String,
    /// What is the matter.
    pub reason: String,
    /// What would help.
    pub proposal: String,
    /// Whether the remedy is sure, and loses nothing.
    pub is_mendable: bool,
}

/// A row.
pub(super) struct Converted {
    pub(super) old_id: i64,
    /// All columns, with mended values where a remedy is sure.
    pub(super) changes: Changes,
    pub(super) findings: Vec<Finding>,
    /// Columns whose value is written in another form.
    pub(super) formed: Vec<&'static str>,
}

/// The row as `table` keeps it.
pub(super) fn row(
    table: &'static str,
    sources: &[Source],
    ids: &Ids,
    row: &Row<'_>,
) -> DbResult<Converted> {
    let mut result =
        Converted { old_id: 0, changes: Changes::new(), findings: Vec::new(), formed: Vec::new() };
    if let Some((name, _)) =
        sources.iter().find(|source| source.column.kind == Kind::Id).and_then(|id| id.from.as_ref())
    {
        result.old_id = row.get(name)?;
    }
    for source in sources {
        if let Some((name, kind)) = &source.from {
            let value = row.value(name, *kind).unwrap_or_else(|_| {
                result.find(source.column, "holds nothing that can be read", "correct it", false);
                Value::Null
            });
            result.take(table, source, value, ids);
        }
    }
    for source in sources {
        let name = source.column.name;
        let is_missing = result.changes.get(name).is_none_or(Value::is_null);
        if !is_missing || source.column.null && source.from.is_some() {
            continue;
        }
        let made = source.special.and_then(|special| special.otherwise);
        let value = made.map_or(Value::Null, |made| made(&result.changes));
        let is_told = result.findings.iter().any(|finding| finding.column == name);
        match (&source.from, &value) {
            (_, Value::Null) if source.column.null => {}
            (_, Value::Null) if !is_told => {
                result.find(
                    source.column,
                    "has no value, and one is required",
                    "give it one",
                    false,
                );
            }
            (Some(_), _) if !is_told => {
                let told = format!("write {}", told(&value));
                result.find(source.column, "has no value, and one is required", &told, true);
            }
            _ => {}
        }
        result.changes.set(name, value);
    }
    Ok(result)
}

impl Converted {
    fn find(&mut self, column: &Column, reason: &str, proposal: &str, is_mendable: bool) {
        self.findings.push(Finding {
            id: self.old_id,
            column: column.name.to_owned(),
            reason: reason.to_owned(),
            proposal: proposal.to_owned(),
            is_mendable,
        });
    }

    fn take(&mut self, table: &'static str, source: &Source, value: Value, ids: &Ids) {
        let column = source.column;
        let mut value = value;
        if let Some(form) = source.special.and_then(|special| special.form) {
            let formed = form(value.clone());
            if formed != value {
                self.formed.push(column.name);
                value = formed;
            }
        }
        match (column.kind, column.references, &value) {
            (Kind::Id, _, Value::Int(id)) => value = Value::Int(ids.new_id(table, *id)),
            (_, Some((parent, _)), Value::Int(id)) => {
                let (id, new_id) = (*id, ids.new_id(parent, *id));
                if ids.has(parent, new_id) {
                    value = Value::Int(new_id);
                } else {
                    let reason = format!("refers to {parent} {id}, which does not exist");
                    let proposal =
                        if column.null { "make it empty" } else { "refer to one that exists" };
                    self.find(column, &reason, proposal, column.null);
                    value = Value::Null;
                }
            }
            _ => {}
        }
        if let Some((mend, reason)) = source.special.and_then(|special| special.mend)
            && let Some(mended) = mend(&value)
        {
            self.find(column, reason, &format!("write {}", told(&mended)), true);
            value = mended;
        }
        // A missing value is the second round's.
        let complaint =
            if value.is_null() { None } else { tx::complaint(column, &value).ok().flatten() };
        if let Some((code, _)) = complaint {
            if let Some(choice) = meant(column, &value) {
                let reason = format!("is {}", told(&value));
                self.find(column, &reason, &format!("write '{choice}'"), true);
                value = Value::from(choice);
            } else {
                let (reason, proposal) = worded(column, code, &value);
                self.find(column, &reason, &proposal, false);
            }
        }
        self.changes.set(column.name, value);
    }
}

/// The choice that a text differs from only in case, accents, blanks and strokes.
fn meant(column: &Column, value: &Value) -> Option<&'static str> {
    let Value::Text(text) = value else { return None };
    let plain = |text: &str| fold(&text.replace(['_', '-'], " "));
    let wanted = plain(text);
    column.choices.iter().find(|choice| plain(choice) == wanted).copied()
}

fn worded(column: &Column, code: &str, value: &Value) -> (String, String) {
    match (code, column.kind, value) {
        ("max_length", Kind::Text(max), Value::Text(text)) => (
            format!("has {} characters, and at most {max} are kept", text.chars().count()),
            "shorten it".to_owned(),
        ),
        ("invalid_choice", _, _) => {
            (format!("is {}", told(value)), format!("write one of {}", column.choices.join(", ")))
        }
        ("max_digits", Kind::Decimal { digits, places }, _) => (
            format!("is {}, which does not fit {digits} digits with {places} places", told(value)),
            "correct it".to_owned(),
        ),
        ("min_value", _, _) => (
            format!("is {}, less than {}", told(value), column.min.unwrap_or_default()),
            "correct it".to_owned(),
        ),
        _ => ("is no value that can be kept".to_owned(), "correct it".to_owned()),
    }
}

/// A value for whoever mends it; long texts are not repeated.
fn told(value: &Value) -> String {
    match value {
        Value::Text(text) => {
            let mut short: String = text.chars().take(30).collect();
            if short.len() < text.len() {
                short.push('…');
            }
            format!("'{short}'")
        }
        Value::Int(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Decimal(decimal, _) => decimal.to_string(),
        Value::Date(day) => day.to_string(),
        Value::DateTime(moment) => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
        Value::Null => "nothing".to_owned(),
        _ => "another value".to_owned(),
    }
}
