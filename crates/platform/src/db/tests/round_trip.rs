//! What goes in comes out, and what does not fit is refused, by the facade and by the database itself.

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rust_decimal::Decimal;

use super::*;
use crate::db::{Kind, Row};

/// Few enough for a database, reproducible without files beside the sources.
fn cases(count: u32) -> TestRunner {
    TestRunner::new(Config { cases: count, failure_persistence: None, ..Config::default() })
}

fn text(max: usize) -> impl Strategy<Value = String> {
    let any_sign = any::<char>().prop_filter("no NUL", |c| *c != '\0');
    let likely = prop_oneof![Just(' '), Just('é'), Just('🦷'), Just('\''), Just('\\'), Just('%')];
    prop::collection::vec(prop_oneof![any_sign, likely], 0..=max)
        .prop_map(|signs| signs.into_iter().collect())
}

/// A decimal that fits, noted with any number of places that can hold it or not.
fn decimal(digits: u32, places: u8) -> impl Strategy<Value = Value> {
    let limit = 10_i64.pow(digits) - 1;
    (prop_oneof![-limit..=limit, Just(limit), Just(-limit), -9_i64..=9], 0_u8..=8).prop_map(
        move |(units, noted)| {
            let value = Decimal::new(units, places.into());
            // Whole ones also as they come from a parser, without the zeros behind the point.
            let value = if units % 3 == 0 { value.normalize() } else { value };
            Value::Decimal(value, noted)
        },
    )
}

fn moment() -> impl Strategy<Value = Moment> {
    let micros = |text: &str| {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap().and_time(NaiveTime::MIN).and_utc()
    };
    let (first, last) = (micros("1000-01-01"), micros("9999-12-31") + chrono::Duration::days(1));
    (first.timestamp_micros()..last.timestamp_micros())
        .prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap())
}

fn time_of_day() -> impl Strategy<Value = NaiveTime> {
    (0_u32..86_400, 0_u32..1_000_000).prop_map(|(second, micros)| {
        NaiveTime::from_num_seconds_from_midnight_opt(second, micros * 1_000).unwrap()
    })
}

/// A value, or NULL, for each column but the id.
fn sample() -> impl Strategy<Value = Vec<Value>> {
    let mut values: Vec<BoxedStrategy<Value>> = Vec::new();
    for column in &SAMPLES.columns[1..] {
        let value = match column.kind {
            Kind::Bool => any::<bool>().prop_map(Value::from).boxed(),
            Kind::Int => any::<i32>().prop_map(Value::from).boxed(),
            Kind::Id | Kind::Ref => any::<i64>().prop_map(Value::from).boxed(),
            Kind::Decimal { digits, places } => decimal(digits.into(), places).boxed(),
            Kind::Text(_) if !column.choices.is_empty() => {
                prop::sample::select(column.choices).prop_map(Value::from).boxed()
            }
            Kind::Text(max) => text(max.into()).prop_map(Value::from).boxed(),
            Kind::LongText => {
                (text(100), 1_usize..200).prop_map(|(text, n)| Value::from(text.repeat(n))).boxed()
            }
            Kind::Date => moment().prop_map(|moment| Value::from(moment.date_naive())).boxed(),
            Kind::Time => time_of_day().prop_map(Value::from).boxed(),
            Kind::DateTime => moment().prop_map(Value::from).boxed(),
        };
        values.push(prop_oneof![9 => value, 1 => Just(Value::Null)].boxed());
    }
    values
}

fn read_back(scratch: &Scratch, id: i64) -> Vec<Value> {
    let read = |row: &Row<'_>| {
        SAMPLES.columns[1..].iter().map(|column| row.value(column.name, column.kind)).collect()
    };
    scratch
        .db
        .read_blocking(move |conn| {
            let row = conn.first("SELECT * FROM samples WHERE id = ?", &params![id], read)?;
            Ok(row.unwrap())
        })
        .unwrap()
}

/// The value as the column gives it back.
fn expected(column: &Column, value: &Value) -> Value {
    match (column.kind, value) {
        (Kind::Decimal { places, .. }, Value::Decimal(decimal, _)) => {
            Value::Decimal(*decimal, places)
        }
        _ => value.clone(),
    }
}

fn changes(values: &[Value]) -> Changes {
    let mut changes = Changes::new();
    for (column, value) in SAMPLES.columns[1..].iter().zip(values) {
        changes.set(column.name, value.clone());
    }
    changes
}

#[test]
fn every_value_is_read_back_as_it_was_written() {
    let scratch = Scratch::new();
    let outcome = cases(64).run(&(sample(), sample()), |(first, second)| {
        let id = scratch.insert(&SAMPLES, changes(&first)).unwrap();
        for written in [first, second] {
            // The first pass changes nothing: the row is there already.
            let update = changes(&written);
            assert!(scratch.write(move |tx| tx.update(&SAMPLES, id, update.clone())).unwrap());
            let read = read_back(&scratch, id);
            for ((column, value), read) in SAMPLES.columns[1..].iter().zip(&written).zip(&read) {
                prop_assert_eq!(&expected(column, value), read, "{}", column.name);
                if let (Value::Decimal(decimal, places), Kind::Decimal { places: own, .. }) =
                    (read, column.kind)
                {
                    prop_assert_eq!((decimal.scale(), *places), (own.into(), own));
                }
            }
        }
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn many_rows_at_once_are_read_back_as_they_were_written() {
    let scratch = Scratch::new();
    let outcome = cases(8).run(&prop::collection::vec(sample(), 1..40), |rows| {
        scratch.write(|tx| Ok(tx.execute("DELETE FROM samples", &[])?)).unwrap();
        let batch: Vec<Changes> =
            (1_i64..).zip(&rows).map(|(id, row)| changes(row).with("id", id)).collect();
        scratch.write(move |tx| tx.insert_many(&SAMPLES, batch.clone())).unwrap();
        for (id, row) in (1_i64..).zip(&rows) {
            let wanted: Vec<Value> =
                SAMPLES.columns[1..].iter().zip(row).map(|(c, value)| expected(c, value)).collect();
            prop_assert_eq!(wanted, read_back(&scratch, id));
        }
        Ok(())
    });
    outcome.unwrap();
}

/// Values that do not fit, and whether the database refuses them by itself, too.
fn misfits() -> Vec<(&'static str, Value, &'static str, bool)> {
    let decimal = |text: &str, places| Value::Decimal(text.parse().unwrap(), places);
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 2).unwrap();
    vec![
        ("line", "é".repeat(41).into(), "max_length", true),
        ("line", "a\0b".into(), "invalid", false),
        ("page", "a\0b".into(), "invalid", false),
        ("pick", "three".into(), "invalid_choice", true),
        ("pick", "One".into(), "invalid_choice", true),
        ("whole", (i64::from(i32::MAX) + 1).into(), "invalid", true),
        ("whole", (i64::from(i32::MIN) - 1).into(), "invalid", true),
        ("short_number", decimal("10000", 0), "max_digits", true),
        ("short_number", decimal("-10000", 0), "max_digits", true),
        ("amount", decimal("100000000.00", 2), "max_digits", true),
        ("amount", decimal("79228162514264337593543950335", 2), "max_digits", true),
        // Engines round what has too many places, each in its way.
        ("amount", decimal("0.001", 3), "max_digits", false),
        ("fine", decimal("-1000000000000", 6), "max_digits", true),
        // Text of years beyond four digits would not sort, and be cut.
        ("day", day(10_000).into(), "invalid", false),
        ("day", day(0).into(), "invalid", false),
        ("moment", crate::types::time::midnight(day(12_345)).into(), "invalid", false),
    ]
}

#[test]
fn a_value_that_does_not_fit_is_refused_by_field() {
    let scratch = Scratch::new();
    let id = scratch.insert(&SAMPLES, Changes::new().with("flag", true)).unwrap();
    for (column, value, code, _) in misfits() {
        let change = Changes::new().with(column, value.clone());
        let (same, again) = (change.clone(), change.clone());
        let refused = (column.to_owned(), code);
        assert_eq!(complaint(scratch.insert(&SAMPLES, change)), refused, "{value:?}");
        let update = scratch.write(move |tx| tx.update(&SAMPLES, id, same.clone()));
        assert_eq!(complaint(update), refused, "{value:?}");
        let many = scratch.write(move |tx| tx.insert_many(&SAMPLES, vec![again.clone()]));
        assert_eq!(complaint(many), refused, "{value:?}");
    }
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM samples", &[]), 1);
}

#[test]
fn a_value_that_does_not_fit_is_refused_by_the_database_too() {
    let scratch = Scratch::new();
    for (column, value, _, _) in misfits().into_iter().filter(|misfit| misfit.3) {
        let bound = value.clone();
        let outcome = scratch.write(move |tx| {
            let sql = format!("INSERT INTO samples ({column}) VALUES (?)");
            Ok(tx.execute(&sql, std::slice::from_ref(&bound))?)
        });
        assert!(is_invalid(&outcome), "{column} {value:?}: {outcome:?}");
    }
    assert_eq!(scratch.one::<i64>("SELECT COUNT(*) FROM samples", &[]), 0);
}

#[test]
fn a_number_below_the_smallest_is_refused_by_both() {
    let scratch = Scratch::new();
    let low = |text: &str| person("Ana").with("balance", Value::Decimal(text.parse().unwrap(), 2));
    assert_eq!(
        complaint(scratch.insert(&PEOPLE, low("-50.01"))),
        ("balance".to_owned(), "min_value")
    );
    let few = person("Ana").with("visits", -1);
    assert_eq!(complaint(scratch.insert(&PEOPLE, few)), ("visits".to_owned(), "min_value"));
    let id = scratch.insert(&PEOPLE, low("-50")).unwrap();
    let raw = scratch.write(move |tx| {
        let low = Value::Decimal("-50.01".parse().unwrap(), 2);
        Ok(tx.execute("UPDATE people SET balance = ? WHERE id = ?", &[low, Value::Int(id)])?)
    });
    assert!(is_invalid(&raw), "{raw:?}");
}

#[test]
fn null_where_there_must_be_a_value_is_refused_by_both() {
    let scratch = Scratch::new();
    let change = person("Ana").with("status", Value::Null);
    assert_eq!(complaint(scratch.insert(&PEOPLE, change)), ("status".to_owned(), "null"));
    let raw = scratch
        .write(|tx| Ok(tx.execute("INSERT INTO teams (name, name_fold) VALUES (NULL, 'x')", &[])?));
    assert!(is_invalid(&raw), "{raw:?}");
    let absent = scratch.write(|tx| Ok(tx.execute("INSERT INTO teams (name) VALUES ('x')", &[])?));
    assert!(is_invalid(&absent), "{absent:?}");
}

#[test]
fn a_wrong_number_of_parameters_is_the_programs_mistake_and_not_the_servers() {
    let scratch = Scratch::new();
    let outcome = scratch
        .write(|tx| Ok(tx.execute("UPDATE samples SET line = ? WHERE id = ?", &params!["a"])?));
    assert!(matches!(outcome, Err(Error::Db(DbError::Sql { .. }))), "{outcome:?}");
}

#[test]
fn a_time_of_day_is_kept_to_the_microsecond() {
    let scratch = Scratch::new();
    let fine = NaiveTime::from_hms_nano_opt(23, 59, 59, 123_456_789).unwrap();
    let id = scratch.insert(&SAMPLES, Changes::new().with("hour", fine)).unwrap();
    let read: NaiveTime = scratch.one("SELECT hour FROM samples WHERE id = ?", &params![id]);
    assert_eq!(read, NaiveTime::from_hms_micro_opt(23, 59, 59, 123_456).unwrap());
}
