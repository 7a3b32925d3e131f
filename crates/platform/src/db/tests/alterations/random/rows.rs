//! Rows of the random tables: written, read back, and what the program keeps beside them.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::*;
use super::model::Model;
use crate::db::{Kind, ddl, search};
use crate::types::fold::fold;
use crate::types::time;

/// A row's values by column, told so that a value is the same after its kind became another.
pub(super) type Values = BTreeMap<String, Option<String>>;
/// Rows by table and id.
pub(super) type Rows = BTreeMap<String, BTreeMap<i64, Values>>;

pub(super) fn told(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(value) => i64::from(*value).to_string(),
        Value::Int(value) => value.to_string(),
        Value::Decimal(value, _) => value.normalize().to_string(),
        Value::Text(text) => text.clone(),
        Value::Bytes(_) => panic!("no such column"),
        Value::Date(day) => format!("{} 00:00:00.000000", time::stored_date(*day)),
        Value::Time(value) => time::stored_time(*value),
        Value::DateTime(moment) => time::stored_moment(*moment),
    })
}

pub(super) fn read(conn: &mut Conn, tables: &[TableState]) -> Rows {
    tables.iter().map(|table| (table.name.clone(), read_table(conn, table))).collect()
}

fn read_table(conn: &mut Conn, table: &TableState) -> BTreeMap<i64, Values> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let sql = format!("SELECT {} FROM {}", names.join(", "), table.name);
    let rows = conn.rows(&sql, &[], |row| {
        let mut values = Values::new();
        for column in &table.columns {
            values.insert(column.name.clone(), told(&row.value(&column.name, column.kind)?));
        }
        Ok((row.get("id")?, values))
    });
    rows.unwrap().into_iter().collect()
}

/// Two rows in each table, parents first.
pub(super) fn insert(conn: &mut Conn, tables: &[TableState], model: &mut Model) {
    for table in &parents_first(tables) {
        for _ in 0..2 {
            let number = model.next();
            let mut names = Vec::new();
            let mut values = Vec::new();
            for column in table.columns.iter().filter(|column| column.kind != Kind::Id) {
                let value = value(column, number);
                if let (Some(twin), Value::Text(text)) = (ddl::twin(column), &value) {
                    names.push(twin.name);
                    values.push(Value::Text(fold(text)));
                }
                names.push(column.name.clone());
                values.push(value);
            }
            if names.is_empty() {
                let nothing =
                    if conn.engine() == Engine::Sqlite { "DEFAULT VALUES" } else { "() VALUES ()" };
                conn.run(&format!("INSERT INTO {} {nothing}", table.name), &[]).unwrap();
                continue;
            }
            let places = vec!["?"; names.len()].join(", ");
            let sql =
                format!("INSERT INTO {} ({}) VALUES ({places})", table.name, names.join(", "));
            conn.run(&sql, &values).unwrap();
        }
        if table.counted {
            conn.run("DELETE FROM row_counts WHERE table_name = ?", &params![table.name.as_str()])
                .unwrap();
            let live = i64::try_from(live_rows(conn, table).len()).unwrap();
            let sql = "INSERT INTO row_counts (table_name, shard, live) VALUES (?, 0, ?)";
            conn.run(sql, &params![table.name.as_str(), live]).unwrap();
        }
        if !table.searched.is_empty() {
            conn.run(&format!("DELETE FROM {}", search::index_name(&table.name)), &[]).unwrap();
            for (word, id) in words(conn, table) {
                conn.run(&search::insert_sql(&table.name, 1), &params![word, id]).unwrap();
            }
        }
    }
}

/// Each refers by row 1, so a table is ready when its parents have been written once.
fn parents_first(tables: &[TableState]) -> Vec<TableState> {
    let mut waiting = tables.to_vec();
    let mut ready: Vec<TableState> = Vec::new();
    while !waiting.is_empty() {
        let is_ready = |table: &TableState| {
            table.columns.iter().filter(|column| !column.null).all(|column| {
                column.references.as_ref().is_none_or(|(parent, _)| {
                    *parent == table.name || ready.iter().any(|other| other.name == *parent)
                })
            })
        };
        let next = waiting.iter().position(is_ready).unwrap_or(0);
        ready.push(waiting.remove(next));
    }
    ready
}

fn value(column: &ColumnState, number: i64) -> Value {
    if column.name == "deleted_at" {
        return if number % 3 == 0 { Value::DateTime(at(number)) } else { Value::Null };
    }
    if column.null && number % 4 == 1 {
        return Value::Null;
    }
    if column.references.is_some() {
        return Value::Int(1);
    }
    if let Some(choice) = column.choices.get(usize::from(number % 2 == 0)) {
        return Value::from(choice);
    }
    match column.kind {
        Kind::Id => panic!("numbered by the database"),
        Kind::Int | Kind::Ref => Value::Int(number),
        Kind::Bool => Value::Bool(number % 2 == 0),
        Kind::Decimal { places, .. } => {
            Value::Decimal(rust_decimal::Decimal::new(number, 2), places)
        }
        Kind::Text(_) | Kind::LongText => Value::Text(format!("Ñandú {number} É'\\")),
        Kind::Date => Value::Date(at(0).date_naive() + chrono::Days::new(number.unsigned_abs())),
        Kind::Time => Value::Time(at(number).time()),
        Kind::DateTime => Value::DateTime(at(number)),
    }
}

fn live_rows(conn: &mut Conn, table: &TableState) -> Vec<(i64, Values)> {
    let rows = read_table(conn, table).into_iter();
    rows.filter(|(_, values)| values.get("deleted_at").is_none_or(Option::is_none)).collect()
}

fn words(conn: &mut Conn, table: &TableState) -> Vec<(String, i64)> {
    let mut found = Vec::new();
    for (id, values) in live_rows(conn, table) {
        let texts = table.searched.iter().filter_map(|name| values[name].as_deref());
        found.extend(search::row_words(texts).into_iter().map(|word| (word, id)));
    }
    found.sort();
    found
}

/// Twins, word indexes and row counts are as if the program had written every row.
pub(super) fn assert_helpers(
    conn: &mut Conn,
    tables: &[TableState],
) -> std::result::Result<(), TestCaseError> {
    for table in tables {
        for column in table.columns.iter().filter(|column| column.folded) {
            let sql = format!("SELECT {0}, {0}_fold FROM {1}", column.name, table.name);
            let pairs: Vec<(Option<String>, Option<String>)> =
                conn.rows(&sql, &[], |row| Ok((row.at(0)?, row.at(1)?))).unwrap();
            for (text, folded) in pairs {
                prop_assert_eq!(
                    text.map(|text| fold(&text)),
                    folded,
                    "{}.{}",
                    table.name,
                    column.name
                );
            }
        }
        if !table.searched.is_empty() {
            let sql = format!("SELECT word, row_id FROM {}", search::index_name(&table.name));
            let mut kept: Vec<(String, i64)> =
                conn.rows(&sql, &[], |row| Ok((row.at(0)?, row.at(1)?))).unwrap();
            kept.sort();
            prop_assert_eq!(kept, words(conn, table), "words of {}", table.name);
        }
        let sql = "SELECT COALESCE(SUM(live), -1) FROM row_counts WHERE table_name = ?";
        let kept: i64 = conn.one(sql, &params![table.name.as_str()]).unwrap();
        let live = i64::try_from(live_rows(conn, table).len()).unwrap();
        // A table that is new has no count until its first row.
        let is_right =
            if table.counted { kept == live || kept == -1 && live == 0 } else { kept == -1 };
        prop_assert!(is_right, "{}: {kept} counted of {live}", table.name);
    }
    Ok(())
}
