//! Reads a body's fields into [`Changes`], by the table's description: kinds, lengths, digits, choices.
//!
//! Every complaint is collected, so that a form is corrected once and not ten times. Rules that look at
//! several values or at the database are the modules' own (`rules`).

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::body::Body;
use crate::db::{Changes, Column, Kind, Table, Value};
use crate::error::{Error, FieldError, Refusal, Result};
use crate::i18n::Text;
use crate::types::time;

/// Which fields must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A new row: the required ones.
    Create,
    /// A row's replacement (PUT): the required ones.
    Replace,
    /// A partial change (PATCH): none.
    Patch,
}

/// A field of a body: its key, the column behind it, and what the description does not say.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Key in the body.
    pub key: &'static str,
    /// Other keys that existing clients send.
    pub aliases: &'static [&'static str],
    /// Column written.
    pub column: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Whether NULL is an answer although the key must be there.
    pub nullable: bool,
    /// Whether an empty text is taken as it is, or as NULL.
    pub blank: bool,
    /// Fewest characters when given.
    pub min_length: usize,
    /// Only digits.
    pub digits: bool,
    /// Must look like an e-mail address.
    pub email: bool,
}

impl Field {
    /// An optional field whose column has the same name.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self {
            key,
            aliases: &[],
            column: key,
            required: false,
            nullable: false,
            blank: true,
            min_length: 0,
            digits: false,
            email: false,
        }
    }

    /// Another column than the key says.
    #[must_use]
    pub const fn column(mut self, column: &'static str) -> Self {
        self.column = column;
        self
    }

    /// Other keys for the same field.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Must be there, and not be blank.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self.blank = false;
        self
    }

    /// The key must be there, but NULL is an answer.
    #[must_use]
    pub const fn required_or_null(mut self) -> Self {
        self.required = true;
        self.nullable = true;
        self
    }

    fn takes_null(&self, column: &Column) -> bool {
        column.null && (!self.required || self.nullable)
    }

    /// At least so many characters when given.
    #[must_use]
    pub const fn min_length(mut self, min: usize) -> Self {
        self.min_length = min;
        self
    }

    /// Only digits.
    #[must_use]
    pub const fn digits(mut self) -> Self {
        self.digits = true;
        self
    }

    /// Must look like an e-mail address.
    #[must_use]
    pub const fn email(mut self) -> Self {
        self.email = true;
        self
    }
}

/// Complaints of several readers of one body, so that all are told at once.
#[derive(Debug, Default)]
pub struct Complaints(Vec<FieldError>);

impl Complaints {
    /// The value read, or nothing and its complaints are kept. What is no complaint about fields ends the request.
    pub fn take<T>(&mut self, read: Result<T>) -> Result<Option<T>> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(Error::Refused(refusal)) if !refusal.fields.is_empty() => {
                self.0.extend(refusal.fields);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Adds complaints that a rule found.
    pub fn extend(&mut self, complaints: impl IntoIterator<Item = FieldError>) {
        self.0.extend(complaints);
    }

    /// All complaints as one refusal, if there are any.
    pub fn finish(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::fields(self.0).into()) }
    }
}

/// Reads the fields; all complaints at once.
pub fn read(table: &'static Table, fields: &[Field], body: &Body, mode: Mode) -> Result<Changes> {
    let mut changes = Changes::new();
    let mut complaints = Vec::new();
    for field in fields {
        let Some(column) = table.column(field.column) else {
            return Err(Error::Failed(format!("{}.{} is not described", table.name, field.column)));
        };
        let names = std::iter::once(&field.key).chain(field.aliases);
        let given = names.filter_map(|name| body.0.get(*name).map(|value| (*name, value)));
        // The key itself wins; an alias only when the key is absent or null.
        let mut found: Option<(&'static str, &Json)> = None;
        for (name, value) in given {
            if found.is_none_or(|(_, earlier)| earlier.is_null()) {
                found = Some((name, value));
            }
        }
        match found {
            None if field.required && mode != Mode::Patch => {
                complaints.push(complain(field.key, "required", Text::key("error.required")));
            }
            None => {}
            Some((name, json)) => match convert(field, column, json) {
                Ok(value) => changes.set(column.name, value),
                Err((code, message)) => complaints.push(complain(name, code, message)),
            },
        }
    }
    if complaints.is_empty() { Ok(changes) } else { Err(Refusal::fields(complaints).into()) }
}

/// Complaints about columns become complaints about the keys that the client sent.
#[must_use]
pub fn by_key(error: Error, fields: &[Field]) -> Error {
    let Error::Refused(mut refusal) = error else { return error };
    for complaint in &mut refusal.fields {
        if let Some(field) = fields.iter().find(|field| field.column == complaint.field) {
            complaint.field = Cow::Borrowed(field.key);
        }
    }
    Error::Refused(refusal)
}

fn complain(field: &'static str, code: &'static str, message: Text) -> FieldError {
    FieldError { field: Cow::Borrowed(field), code, message }
}

type Complaint = (&'static str, Text);

fn convert(field: &Field, column: &Column, json: &Json) -> std::result::Result<Value, Complaint> {
    if json.is_null() {
        // A nullable column does not make a required field optional.
        return if field.takes_null(column) {
            Ok(Value::Null)
        } else {
            Err(("null", Text::key("error.null")))
        };
    }
    match column.kind {
        Kind::Text(_) | Kind::LongText => text(field, column, json),
        Kind::Bool => boolean(json).map(Value::Bool),
        Kind::Int => integer(json, "error.integer").and_then(|number| {
            if i32::try_from(number).is_err() {
                return Err(("invalid", Text::key("error.integer")));
            }
            at_least(column, Decimal::from(number))?;
            Ok(Value::Int(number))
        }),
        Kind::Id | Kind::Ref => match json {
            Json::String(blank) if blank.trim().is_empty() && field.takes_null(column) => {
                Ok(Value::Null)
            }
            _ => integer(json, "error.pk_type").map(Value::Int),
        },
        Kind::Decimal { digits, places } => decimal(field, column, json, digits, places),
        Kind::Date => moment_text(json, "error.date").and_then(|text| {
            let day = time::parse_date(text)
                .or_else(|| time::parse_input_moment(text).map(|m| m.date_naive()));
            day.map(Value::Date).ok_or(("invalid", Text::key("error.date")))
        }),
        Kind::Time => moment_text(json, "error.time").and_then(|text| {
            if text.is_empty() && field.takes_null(column) {
                return Ok(Value::Null);
            }
            time::parse_time(text).map(Value::Time).ok_or(("invalid", Text::key("error.time")))
        }),
        Kind::DateTime => moment_text(json, "error.datetime").and_then(|text| {
            time::parse_input_moment(text)
                .map(Value::DateTime)
                .ok_or(("invalid", Text::key("error.datetime")))
        }),
    }
}

fn text(field: &Field, column: &Column, json: &Json) -> std::result::Result<Value, Complaint> {
    let text = match json {
        Json::String(text) => text.trim().to_owned(),
        Json::Number(number) => number.to_string(),
        _ => return Err(("invalid", Text::key("error.text"))),
    };
    if text.is_empty() {
        return match (field.blank, column.null) {
            (false, _) => Err(("blank", Text::key("error.blank"))),
            (true, true) => Ok(Value::Null),
            (true, false) => Ok(Value::Text(text)),
        };
    }
    let length = text.chars().count();
    if text.contains('\0') {
        return Err(("null_characters_not_allowed", Text::key("error.null_characters")));
    }
    if let Kind::Text(max) = column.kind
        && length > usize::from(max)
    {
        return Err(("max_length", Text::key("error.max_length").with("max", max)));
    }
    if field.digits && !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(("digits", Text::key("error.digits")));
    }
    if length < field.min_length {
        return Err(("min_length", Text::key("error.min_length").with("min", field.min_length)));
    }
    if field.email && !is_email(&text) {
        return Err(("invalid", Text::key("error.email")));
    }
    if !column.choices.is_empty() && !column.choices.contains(&text.as_str()) {
        return Err(("invalid_choice", Text::key("error.invalid_choice").with("value", &text)));
    }
    Ok(Value::Text(text))
}

fn boolean(json: &Json) -> std::result::Result<bool, Complaint> {
    let text = match json {
        Json::Bool(value) => return Ok(*value),
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.trim().to_ascii_lowercase(),
        _ => String::new(),
    };
    match text.as_str() {
        "true" | "1" | "yes" | "on" | "si" | "sí" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err(("invalid", Text::key("error.boolean"))),
    }
}

fn integer(json: &Json, key: &'static str) -> std::result::Result<i64, Complaint> {
    match json {
        Json::Number(number) => number.as_i64(),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
    .ok_or(("incorrect_type", Text::key(key)))
}

fn decimal(
    field: &Field,
    column: &Column,
    json: &Json,
    digits: u8,
    places: u8,
) -> std::result::Result<Value, Complaint> {
    let invalid = || ("invalid", Text::key("error.decimal"));
    let text = match json {
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.trim().to_owned(),
        _ => return Err(invalid()),
    };
    if text.is_empty() && field.takes_null(column) {
        return Ok(Value::Null);
    }
    let exact = Decimal::from_str_exact(&text).or_else(|_| Decimal::from_scientific(&text));
    let value = exact.map_err(|_| invalid())?;
    let whole_limit = Decimal::from(10_i64.pow(u32::from(digits - places)));
    if value.normalize().scale() > u32::from(places) {
        return Err(("max_decimal_places", Text::key("error.max_places").with("places", places)));
    }
    if value.abs() >= whole_limit {
        return Err((
            "max_digits",
            Text::key("error.max_digits").with("digits", digits).with("places", places),
        ));
    }
    at_least(column, value)?;
    Ok(Value::Decimal(value, places))
}

fn at_least(column: &Column, value: Decimal) -> std::result::Result<(), Complaint> {
    match column.min {
        Some(min) if value < Decimal::from(min) => {
            Err(("min_value", Text::key("error.min_value").with("min", min)))
        }
        _ => Ok(()),
    }
}

fn moment_text<'j>(json: &'j Json, key: &'static str) -> std::result::Result<&'j str, Complaint> {
    json.as_str().map(str::trim).ok_or(("invalid", Text::key(key)))
}

/// One `@`, something before it, a dotted name after it, no blanks: what catches slips of the hand. Only a
/// message that arrives proves an address.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| {
                c.is_whitespace() || c.is_control() || "@,;<>()[]\\\"".contains(c)
            })
    };
    plain(local)
        && plain(domain)
        && domain.split('.').count() >= 2
        && domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const TABLE: Table = Table::new(
        "things",
        "Thing",
        &[
            Column::id(),
            Column::text("name", 5, "Nombre", "Name"),
            Column::text("note", 5, "Nota", "Note").null(),
            Column::decimal("price", 5, 2, "Precio", "Price").null().min(0),
            Column::reference("parent_id", "things", "Padre", "Parent").null(),
            Column::int("room", "Sala", "Room").null(),
            Column::bool("good", "Bueno", "Good"),
            Column::moment("at", "Momento", "At").null(),
            Column::time("hour", "Hora", "Hour").null(),
        ],
    );
    static THINGS: Table = TABLE;
    const FIELDS: &[Field] = &[
        Field::new("name").required(),
        Field::new("note"),
        Field::new("price"),
        Field::new("parent").column("parent_id").aliases(&["parent_id"]),
        Field::new("room"),
        Field::new("good"),
        Field::new("at"),
        Field::new("hour"),
    ];

    fn read_json(
        json: Json,
        mode: Mode,
    ) -> std::result::Result<Changes, Vec<(String, &'static str)>> {
        let Json::Object(map) = json else { panic!("an object") };
        read(&THINGS, FIELDS, &Body(map), mode).map_err(|error| {
            error.refusal().unwrap().fields.iter().map(|f| (f.field.to_string(), f.code)).collect()
        })
    }

    #[test]
    fn every_complaint_is_told_at_once() {
        let body = json!({"note": "too long", "price": "1.234", "parent": "x", "room": 1.5, "good": "maybe", "at": "2030-02-30", "hour": "9h"});
        let complaints = read_json(body, Mode::Create).unwrap_err();
        let fields: Vec<&str> = complaints.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["name", "note", "price", "parent", "room", "good", "at", "hour"]);
    }

    #[test]
    fn numbers_become_text_and_blanks_become_null() {
        let changes = read_json(
            json!({"name": 12, "note": "  ", "price": 5, "parent_id": "7"}),
            Mode::Create,
        )
        .unwrap();
        assert_eq!(changes.text("name"), Some("12"));
        assert_eq!(changes.get("note"), Some(&Value::Null));
        assert_eq!(changes.int("parent_id"), Some(7));
        assert_eq!(changes.decimal("price"), Some(Decimal::from(5)));
    }

    #[test]
    fn a_patch_needs_nothing_but_takes_no_blank_for_a_required_field() {
        assert!(read_json(json!({}), Mode::Patch).unwrap().is_empty());
        assert_eq!(
            read_json(json!({"name": " "}), Mode::Patch).unwrap_err(),
            [("name".to_owned(), "blank")]
        );
        assert_eq!(
            read_json(json!({"name": null}), Mode::Patch).unwrap_err(),
            [("name".to_owned(), "null")]
        );
        assert_eq!(
            read_json(json!({"name": true}), Mode::Patch).unwrap_err(),
            [("name".to_owned(), "invalid")]
        );
    }

    #[test]
    fn amounts_below_the_least_are_refused() {
        assert_eq!(
            read_json(json!({"price": "-0.01"}), Mode::Patch).unwrap_err(),
            [("price".to_owned(), "min_value")]
        );
        assert_eq!(
            read_json(json!({"price": 1000}), Mode::Patch).unwrap_err(),
            [("price".to_owned(), "max_digits")]
        );
    }

    #[test]
    fn addresses() {
        for good in ["a@b.pe", "maria.quispe+x@correo.example.pe"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "@b.pe", "a@b", "a b@c.pe", "a@b..pe", "a@-b.pe", "a@b.pe,c@d.pe"] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_json_is_read_or_refused_without_panic(text in "\\PC{0,20}", number in any::<f64>(), key in 0..8_usize) {
            let name = FIELDS[key].key;
            for value in [json!(text), json!(number), json!([text]), json!({"a": 1}), Json::Null, json!(true), json!(i64::MAX)] {
                let mut map = serde_json::Map::new();
                map.insert(name.to_owned(), value);
                let _read = read(&THINGS, FIELDS, &Body(map), Mode::Patch);
            }
        }
    }
}
