//! What rows that are there already get in a new column: read as its kind, written for each engine.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;

use crate::db::state::ColumnState;
use crate::db::{Kind, Value, ddl};
use crate::error::{Error, Result};
use crate::types::time;

/// A value as SQL text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// For SQLite.
    pub sqlite: String,
    /// For MySQL.
    pub mysql: String,
}

impl Literal {
    /// Reads what somebody wrote as a value of `column`.
    pub fn read(table: &str, column: &ColumnState, text: &str) -> Result<Self> {
        let literal = read(column, text).filter(|_| is_allowed(column, text));
        literal.ok_or_else(|| {
            Error::Failed(format!(
                "\"{text}\" is no value of {table}.{} ({})",
                column.name,
                expected(column)
            ))
        })
    }
}

/// Some value that is allowed, when only the form matters.
#[must_use]
pub fn any(column: &ColumnState) -> String {
    if let Some(choice) = column.choices.first() {
        return choice.clone();
    }
    match column.kind {
        Kind::Text(_) | Kind::LongText => String::new(),
        Kind::Date => "2000-01-01".into(),
        Kind::Time => "00:00:00".into(),
        Kind::DateTime => "now".into(),
        Kind::Id | Kind::Int | Kind::Ref | Kind::Bool | Kind::Decimal { .. } => {
            column.min.unwrap_or(0).max(0).to_string()
        }
    }
}

/// What would be right, for people.
#[must_use]
pub fn expected(column: &ColumnState) -> String {
    if !column.choices.is_empty() {
        return format!("one of {}", column.choices.join(", "));
    }
    let kind = match column.kind {
        Kind::Bool => "true or false".to_owned(),
        Kind::Date => "such as 2026-12-31".to_owned(),
        Kind::Time => "such as 14:30:00".to_owned(),
        Kind::DateTime => "now, or UTC such as 2026-12-31 14:30:00".to_owned(),
        Kind::Ref | Kind::Id => "the id of a row".to_owned(),
        other => ddl::kind_name(other),
    };
    match column.min {
        Some(min) => format!("{kind}, at least {min}"),
        None => kind,
    }
}

fn is_allowed(column: &ColumnState, text: &str) -> bool {
    let is_chosen = column.choices.is_empty() || column.choices.iter().any(|one| one == text);
    let number: Option<Decimal> = text.parse().ok();
    let is_enough =
        column.min.is_none_or(|min| number.is_some_and(|number| number >= Decimal::from(min)));
    is_chosen && is_enough
}

fn read(column: &ColumnState, text: &str) -> Option<Literal> {
    let same = |text: String| Literal { sqlite: text.clone(), mysql: text };
    Some(match column.kind {
        Kind::Id => return None,
        Kind::Int => same(text.parse::<i32>().ok()?.to_string()),
        Kind::Ref => same(text.parse::<i64>().ok()?.to_string()),
        Kind::Bool => match text.to_ascii_lowercase().as_str() {
            "true" | "1" => same("1".into()),
            "false" | "0" => same("0".into()),
            _ => return None,
        },
        Kind::Decimal { digits, places } => {
            let mut value: Decimal = text.parse().ok()?;
            if value.normalize().scale() > u32::from(places) {
                return None;
            }
            value.rescale(u32::from(places));
            let units = Value::minor_units(value, places);
            if units.checked_abs()? >= 10_i64.checked_pow(u32::from(digits))? {
                return None;
            }
            Literal { sqlite: units.to_string(), mysql: value.to_string() }
        }
        Kind::Text(max) => {
            if text.chars().count() > usize::from(max) {
                return None;
            }
            quoted(text)?
        }
        Kind::LongText => quoted(text)?,
        Kind::Date => {
            let day: NaiveDate = text.parse().ok()?;
            quoted(&time::stored_date(day))?
        }
        Kind::Time => {
            let time: NaiveTime = text.parse().ok()?;
            quoted(&time::stored_time(time))?
        }
        Kind::DateTime if text == "now" => Literal {
            sqlite: "strftime('%Y-%m-%d %H:%M:%f000', 'now')".into(),
            mysql: "CURRENT_TIMESTAMP(6)".into(),
        },
        Kind::DateTime => {
            let text = text.trim_end_matches('Z').replace('T', " ");
            let moment = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S%.f").ok()?;
            quoted(&time::stored_moment(moment.and_utc()))?
        }
    })
}

/// A text in quotes. Control characters are refused: a line end after a semicolon would end the statement.
fn quoted(text: &str) -> Option<Literal> {
    if text.chars().any(char::is_control) {
        return None;
    }
    let sqlite = format!("'{}'", text.replace('\'', "''"));
    // MySQL reads backslashes as escapes.
    let mysql = sqlite.replace('\\', "\\\\");
    Some(Literal { sqlite, mysql })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: Kind) -> ColumnState {
        ColumnState {
            name: "c".into(),
            kind,
            null: false,
            references: None,
            choices: Vec::new(),
            min: None,
            folded: false,
            secret: false,
        }
    }

    #[test]
    fn values_are_written_in_each_engines_way() {
        let amount = Kind::Decimal { digits: 6, places: 2 };
        for (kind, text, sqlite, mysql) in [
            (Kind::Int, "-3", "-3", "-3"),
            (Kind::Bool, "True", "1", "1"),
            (amount, "12.5", "1250", "12.50"),
            (Kind::Text(9), r"it's \", r"'it''s \'", r"'it''s \\'"),
            (Kind::Date, "2026-02-28", "'2026-02-28'", "'2026-02-28'"),
            (Kind::Time, "14:30", "'14:30:00.000000'", "'14:30:00.000000'"),
        ] {
            let literal = Literal::read("t", &column(kind), text).unwrap();
            assert_eq!((literal.sqlite.as_str(), literal.mysql.as_str()), (sqlite, mysql));
        }
    }

    #[test]
    fn what_is_no_value_of_the_column_is_refused() {
        let amount = Kind::Decimal { digits: 4, places: 2 };
        for (kind, text) in [
            (Kind::Int, "9999999999"),
            (Kind::Int, ""),
            (Kind::Bool, "yes"),
            (amount, "100"),
            (amount, "1.234"),
            (Kind::Text(2), "abc"),
            (Kind::Text(9), "a;\nb"),
            (Kind::Date, "2026-02-30"),
            (Kind::DateTime, "tomorrow"),
        ] {
            let refused = Literal::read("t", &column(kind), text).unwrap_err().to_string();
            assert!(refused.contains("is no value of t.c"), "{refused}");
        }
        let mut chosen = column(Kind::Text(9));
        chosen.choices = vec!["a".into(), "b".into()];
        let refused = Literal::read("t", &chosen, "c").unwrap_err().to_string();
        assert!(refused.contains("one of a, b"), "{refused}");
        let mut number = column(Kind::Int);
        number.min = Some(0);
        assert!(Literal::read("t", &number, "-1").is_err());
    }
}
