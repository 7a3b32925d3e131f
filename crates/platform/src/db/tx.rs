//! A transaction: everything that may be written, and what is written along with it.
//!
//! Rows go in through [`Tx::insert`], [`Tx::update`], [`Tx::soft_delete`] and [`Tx::restore`], which check values
//! against the table's description, keep time stamps, folded twins, the word index, row counts and the history,
//! and turn broken constraints into refusals by field. So no service can forget any of it.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::slice;

use chrono::Datelike;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::constraint::Violation;
use super::value::micros;
use super::{Changes, Column, Conn, DbError, DbResult, Kind, Table, Value, search};
use crate::auth::identity::Generation;
use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;
use crate::types::fold;
use crate::types::time::{self, Moment};

/// Who writes, when and within which request; goes into the history.
#[derive(Clone, Debug)]
pub struct WriteContext {
    /// The acting user's id, if a user acts.
    pub actor: Option<i64>,
    /// The request's id, or the command's name.
    pub origin: String,
    /// The moment of the write.
    pub now: Moment,
    /// Begun anew when the write changes who may do what.
    pub generation: Generation,
}

type AfterCommit = Box<dyn FnOnce() + Send>;

/// A transaction in progress.
pub struct Tx<'a> {
    conn: &'a mut Conn,
    context: &'a WriteContext,
    after_commit: Vec<AfterCommit>,
    counts: BTreeMap<&'static str, i64>,
    versions: Vec<&'static str>,
    history: Vec<Entry>,
}

struct Entry {
    action: &'static str,
    table: &'static str,
    row: i64,
    changes: Option<String>,
}

/// Row counts are spread over so many rows, so that concurrent writers seldom wait for the same one.
pub(super) const COUNT_SHARDS: i64 = 16;

impl<'a> Tx<'a> {
    pub(super) fn new(conn: &'a mut Conn, context: &'a WriteContext) -> Self {
        Self {
            conn,
            context,
            after_commit: Vec::new(),
            counts: BTreeMap::new(),
            versions: Vec::new(),
            history: Vec::new(),
        }
    }

    /// The moment of this write.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.context.now
    }

    /// The acting user's id.
    #[must_use]
    pub fn actor(&self) -> Option<i64> {
        self.context.actor
    }

    /// Runs `hook` once, after this transaction is durable and before its answer is given.
    pub fn after_commit(&mut self, hook: impl FnOnce() + Send + 'static) {
        self.after_commit.push(Box::new(hook));
    }

    /// Says that this write changes who may do what: remembered identities end with it, here and in the
    /// other processes that watch the version.
    pub fn identities_changed(&mut self) {
        let version = crate::auth::identity::VERSION;
        if !self.versions.contains(&version) {
            self.versions.push(version);
            let generation = self.context.generation.clone();
            self.after_commit(move || generation.next());
        }
    }

    /// Runs a statement that the description-driven verbs do not cover; returns how many rows it matched.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> DbResult<u64> {
        self.conn.run(sql, params)
    }

    /// Inserts a row and returns its id.
    pub fn insert(&mut self, table: &'static Table, mut changes: Changes) -> Result<i64> {
        self.stamp_new(table, &mut changes);
        check_values(table, &changes)?;
        let mut names: Vec<&str> = Vec::with_capacity(changes.iter().count() + 4);
        let mut twins = Vec::new();
        let mut values = Vec::with_capacity(names.capacity());
        for (name, value) in changes.iter() {
            names.push(name);
            values.push(normal(table, name, value));
            if let Some(twin) = folded_twin(table, name, value) {
                twins.push(twin);
            }
        }
        let mut columns = names.join(", ");
        for (name, value) in twins {
            columns.push_str(", ");
            columns.push_str(&name);
            values.push(value);
        }
        let places = vec!["?"; values.len()].join(", ");
        let sql = format!("INSERT INTO {} ({columns}) VALUES ({places})", table.name);
        self.conn
            .run(&sql, &values)
            .map_err(|error| self.explain(error, table, slice::from_ref(&changes)))?;
        let id = changes.int("id").unwrap_or_else(|| self.conn.last_insert_id());
        self.record("add", table, id, None);
        if is_live(&changes) {
            self.index_words(table, id, &changes)?;
            self.count(table, 1);
        }
        Ok(id)
    }

    /// Inserts many rows of the same columns in few statements; for imports and demonstration data. The rows
    /// bring their own ids when they are referred to. No history is written.
    pub fn insert_many(&mut self, table: &'static Table, mut rows: Vec<Changes>) -> Result<()> {
        for changes in &mut rows {
            self.stamp_new(table, changes);
            check_values(table, changes)?;
        }
        let Some(first) = rows.first() else { return Ok(()) };
        let names: Vec<&'static str> = first.iter().map(|(name, _)| name).collect();
        let mut columns: Vec<String> = Vec::new();
        for name in &names {
            columns.push((*name).to_owned());
            if table.column(name).is_some_and(|column| column.folded) {
                columns.push(format!("{name}_fold"));
            }
        }
        let group = format!("({})", vec!["?"; columns.len()].join(", "));
        // Both engines take thousands of parameters; a few hundred rows a statement is where gains end.
        let per_statement = (8_000 / columns.len().max(1)).clamp(1, 500);
        for chunk in rows.chunks(per_statement) {
            let mut values = Vec::with_capacity(chunk.len() * columns.len());
            for changes in chunk {
                push_row(table, &names, changes, &mut values)?;
            }
            let places = vec![group.as_str(); chunk.len()].join(", ");
            let sql =
                format!("INSERT INTO {} ({}) VALUES {places}", table.name, columns.join(", "));
            self.conn.run(&sql, &values).map_err(|error| self.explain(error, table, chunk))?;
            let live = chunk.iter().filter(|changes| is_live(changes)).count();
            self.count(table, i64::try_from(live).unwrap_or(0));
        }
        let mut words = Vec::new();
        for changes in rows.iter().filter(|changes| is_live(changes)) {
            let found = words_of(table, changes);
            match changes.int("id") {
                Some(id) => words.extend(found.into_iter().map(|word| (word, id))),
                None if found.is_empty() => {}
                None => {
                    return Err(Error::Failed(format!(
                        "rows of {} need ids of their own, or nobody would find them",
                        table.name
                    )));
                }
            }
        }
        // Neighbours in the index are written together.
        words.sort_unstable();
        for chunk in words.chunks(1_000) {
            self.write_words(table, chunk)?;
        }
        Ok(())
    }

    /// [`Tx::insert_many`] under the ids that follow the table's highest, in order; returns the first of them.
    pub fn insert_numbered(
        &mut self,
        table: &'static Table,
        mut rows: Vec<Changes>,
    ) -> Result<i64> {
        let first: i64 =
            self.conn.one(&format!("SELECT COALESCE(MAX(id), 0) + 1 FROM {}", table.name), &[])?;
        for (id, row) in (first..).zip(&mut rows) {
            row.set("id", id);
        }
        self.insert_many(table, rows)?;
        Ok(first)
    }

    /// Changes columns of the row `id`; `false` if there is no such row. Only what differs is written.
    pub fn update(&mut self, table: &'static Table, id: i64, changes: Changes) -> Result<bool> {
        check_values(table, &changes)?;
        let Some(before) = self.current(table, id, &changes)? else { return Ok(false) };
        let mut different = Changes::new();
        for (name, value) in changes.iter() {
            let value = normal(table, name, value);
            if before.get(name) != Some(&value) {
                different.set(name, value);
            }
        }
        if different.is_empty() {
            return Ok(true);
        }
        let changed = history_of(table, &before, &different);
        // A row that brings its own moment of change (a fixture, a restored row) keeps it.
        if table.has("updated_at") && !changes.has("updated_at") {
            different.set_default("updated_at", self.now());
        }
        let (sets, mut values) = assignments(table, &different);
        values.push(Value::Int(id));
        let sql = format!("UPDATE {} SET {sets} WHERE id = ?", table.name);
        self.conn
            .run(&sql, &values)
            .map_err(|error| self.explain(error, table, slice::from_ref(&different)))?;
        if table.searched.iter().any(|name| different.has(name)) {
            self.reindex_words(table, id)?;
        }
        self.record("change", table, id, changed);
        Ok(true)
    }

    /// Marks a live row as deleted; `false` if there is no such live row.
    pub fn soft_delete(&mut self, table: &'static Table, id: i64, along: Changes) -> Result<bool> {
        let changes = along.with("deleted_at", self.now());
        if !self.flip(table, id, changes, "IS NULL", "delete")? {
            return Ok(false);
        }
        if !table.searched.is_empty() {
            let sql = format!("DELETE FROM {} WHERE row_id = ?", search::index_name(table.name));
            self.conn.run(&sql, &[Value::Int(id)])?;
        }
        self.count(table, -1);
        Ok(true)
    }

    /// Brings a soft-deleted row back; `false` if there is no such deleted row.
    pub fn restore(&mut self, table: &'static Table, id: i64, along: Changes) -> Result<bool> {
        let changes = along.with("deleted_at", Value::Null);
        if !self.flip(table, id, changes, "IS NOT NULL", "restore")? {
            return Ok(false);
        }
        self.reindex_words(table, id)?;
        self.count(table, 1);
        Ok(true)
    }

    /// Removes a row for good; `false` if there is no such row.
    pub fn delete(&mut self, table: &'static Table, id: i64) -> Result<bool> {
        let live = if table.is_soft_deleted() {
            let hold = self.conn.for_update();
            let sql =
                format!("SELECT 1 FROM {} WHERE id = ? AND deleted_at IS NULL{hold}", table.name);
            self.conn.exists(&sql, &[Value::Int(id)])?
        } else {
            true
        };
        let sql = format!("DELETE FROM {} WHERE id = ?", table.name);
        let removed = self
            .conn
            .run(&sql, &[Value::Int(id)])
            .map_err(|error| self.explain(error, table, &[]))?;
        if removed > 0 {
            self.record("remove", table, id, None);
            if live {
                self.count(table, -1);
            }
        }
        Ok(removed > 0)
    }

    /// Writes what goes along with the transaction, just before its commit: counts last, since other
    /// writers wait for those rows until then.
    pub(super) fn settle(&mut self) -> DbResult<Vec<AfterCommit>> {
        self.write_history_beyond(0)?;
        for version in std::mem::take(&mut self.versions) {
            self.update_or_insert(
                "UPDATE versions SET value = value + 1 WHERE name = ?",
                "INSERT INTO versions (value, name) VALUES (1, ?)",
                &crate::params![version],
            )?;
        }
        for (table, delta) in std::mem::take(&mut self.counts) {
            if delta != 0 {
                self.write_count(table, delta)?;
            }
        }
        Ok(std::mem::take(&mut self.after_commit))
    }

    /// Writes the history so far, if it has more than `kept` entries.
    pub(super) fn write_history_beyond(&mut self, kept: usize) -> DbResult<()> {
        if self.history.len() <= kept {
            return Ok(());
        }
        let history = std::mem::take(&mut self.history);
        for chunk in history.chunks(200) {
            let places = vec!["(?, ?, ?, ?, ?, ?, ?)"; chunk.len()].join(", ");
            let mut values = Vec::with_capacity(chunk.len() * 7);
            for entry in chunk {
                values.extend(crate::params![
                    self.context.now,
                    self.context.actor,
                    self.context.origin.as_str(),
                    entry.action,
                    entry.table,
                    entry.row,
                    entry.changes.clone()
                ]);
            }
            let sql = format!(
                "INSERT INTO history (at, actor_id, origin, action, table_name, row_id, changes) VALUES {places}"
            );
            self.conn.run(&sql, &values)?;
        }
        Ok(())
    }

    fn write_count(&mut self, table: &str, delta: i64) -> DbResult<()> {
        // Any shard does; the row's spread comes from the moment's microseconds.
        let shard = i64::from(self.context.now.timestamp_subsec_micros()) % COUNT_SHARDS;
        self.update_or_insert(
            "UPDATE row_counts SET live = live + ? WHERE table_name = ? AND shard = ?",
            "INSERT INTO row_counts (live, table_name, shard) VALUES (?, ?, ?)",
            &crate::params![delta, table, shard],
        )
    }

    /// Updates a bookkeeping row, or makes it; both texts take the same parameters. Of two that find none at
    /// once, the slower one's INSERT collides, and its UPDATE then finds the row.
    pub fn update_or_insert(
        &mut self,
        update: &str,
        insert: &str,
        params: &[Value],
    ) -> DbResult<()> {
        if self.conn.run(update, params)? > 0 {
            return Ok(());
        }
        match self.conn.run(insert, params) {
            Err(DbError::Constraint(Violation::Unique { .. })) => {
                self.conn.run(update, params).map(|_| ())
            }
            other => other.map(|_| ()),
        }
    }

    fn stamp_new(&self, table: &Table, changes: &mut Changes) {
        for name in ["created_at", "updated_at"] {
            if table.has(name) {
                changes.set_default(name, self.now());
            }
        }
    }

    fn flip(
        &mut self,
        table: &'static Table,
        id: i64,
        changes: Changes,
        state: &str,
        action: &'static str,
    ) -> Result<bool> {
        let mut changes = changes;
        if table.has("updated_at") {
            changes.set_default("updated_at", self.now());
        }
        check_values(table, &changes)?;
        let (sets, mut values) = assignments(table, &changes);
        values.push(Value::Int(id));
        let sql = format!("UPDATE {} SET {sets} WHERE id = ? AND deleted_at {state}", table.name);
        let touched = self
            .conn
            .run(&sql, &values)
            .map_err(|error| self.explain(error, table, slice::from_ref(&changes)))?;
        if touched > 0 {
            self.record(action, table, id, None);
        }
        Ok(touched > 0)
    }

    fn record(
        &mut self,
        action: &'static str,
        table: &'static Table,
        row: i64,
        changes: Option<String>,
    ) {
        if table.audited {
            self.history.push(Entry { action, table: table.name, row, changes });
        }
    }

    pub(super) fn count(&mut self, table: &'static Table, delta: i64) {
        if table.counted {
            *self.counts.entry(table.name).or_default() += delta;
        }
    }

    /// The row's present values of the columns about to change; they stay so until the transaction ends, or
    /// the history would tell of changes that were never made.
    fn current(
        &mut self,
        table: &'static Table,
        id: i64,
        changes: &Changes,
    ) -> DbResult<Option<Changes>> {
        let hold = self.conn.for_update();
        let columns: Vec<_> = changes.iter().filter_map(|(name, _)| table.column(name)).collect();
        let names: Vec<_> = columns.iter().map(|column| column.name).collect();
        if names.is_empty() {
            let sql = format!("SELECT 1 FROM {} WHERE id = ?{hold}", table.name);
            return self.conn.first(&sql, &[Value::Int(id)], |_| Ok(Changes::new()));
        }
        let sql = format!("SELECT {} FROM {} WHERE id = ?{hold}", names.join(", "), table.name);
        self.conn.first(&sql, &[Value::Int(id)], |row| {
            let mut present = Changes::new();
            for column in &columns {
                present.set(column.name, row.value(column.name, column.kind)?);
            }
            Ok(present)
        })
    }

    fn index_words(&mut self, table: &'static Table, id: i64, changes: &Changes) -> DbResult<()> {
        let words: Vec<_> = words_of(table, changes).into_iter().map(|word| (word, id)).collect();
        self.write_words(table, &words)
    }

    fn write_words(&mut self, table: &Table, words: &[(String, i64)]) -> DbResult<()> {
        if words.is_empty() {
            return Ok(());
        }
        let values: Vec<Value> =
            words.iter().flat_map(|(word, id)| [Value::from(word), Value::Int(*id)]).collect();
        self.conn.run(&search::insert_sql(table.name, words.len()), &values).map(|_| ())
    }

    pub(super) fn reindex_words(&mut self, table: &'static Table, id: i64) -> DbResult<()> {
        if table.searched.is_empty() {
            return Ok(());
        }
        let remove = format!("DELETE FROM {} WHERE row_id = ?", search::index_name(table.name));
        self.conn.run(&remove, &[Value::Int(id)])?;
        let live = if table.is_soft_deleted() { " AND deleted_at IS NULL" } else { "" };
        let sql =
            format!("SELECT {} FROM {} WHERE id = ?{live}", table.searched.join(", "), table.name);
        let words = self.conn.first(&sql, &[Value::Int(id)], |row| {
            let texts = table
                .searched
                .iter()
                .map(|name| row.get(name))
                .collect::<DbResult<Vec<Option<String>>>>()?;
            Ok(search::row_words(texts.iter().flatten().map(String::as_str)))
        })?;
        let words: Vec<_> = words.unwrap_or_default().into_iter().map(|word| (word, id)).collect();
        self.write_words(table, &words)
    }

    /// A broken constraint as a refusal that names the API's field; anything else as it is.
    fn explain(&mut self, error: DbError, table: &'static Table, rows: &[Changes]) -> Error {
        let DbError::Constraint(violation) = &error else { return Error::Db(error) };
        match violation {
            Violation::Unique { name, columns } => {
                let broken = table.uniques.iter().find(|unique| {
                    name.as_deref() == Some(unique.name)
                        || (name.is_none() && unique.columns == columns.as_slice())
                });
                let field = broken.map_or("non_field_errors", |unique| unique.field);
                Refusal::field(field, "unique", Text::key("error.unique")).into()
            }
            Violation::MissingParent => match self.missing_parent(table, rows) {
                Ok(Some((column, id))) => Refusal::field(
                    column,
                    "does_not_exist",
                    Text::key("error.does_not_exist").with("id", id),
                )
                .into(),
                _ => Error::Db(error),
            },
            Violation::HasChildren => {
                Refusal::conflict("protected", Text::key("error.protected")).into()
            }
            Violation::Invalid(_) => Error::Db(error),
        }
    }

    /// Which of the references written points nowhere: engines do not say it alike, so it is looked up.
    fn missing_parent(
        &mut self,
        table: &Table,
        rows: &[Changes],
    ) -> DbResult<Option<(&'static str, i64)>> {
        for (changes, column) in
            rows.iter().flat_map(|row| table.columns.iter().map(move |c| (row, c)))
        {
            if let (Some((parent, _)), Some(id)) = (column.references, changes.int(column.name)) {
                let sql = format!("SELECT 1 FROM {parent} WHERE id = ?");
                if !self.conn.exists(&sql, &[Value::Int(id)])? {
                    return Ok(Some((column.name, id)));
                }
            }
        }
        Ok(None)
    }
}

impl Deref for Tx<'_> {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self.conn
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn
    }
}

fn folded_twin(table: &Table, name: &str, value: &Value) -> Option<(String, Value)> {
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
fn push_row(
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

fn words_of(table: &Table, changes: &Changes) -> Vec<String> {
    search::row_words(table.searched.iter().filter_map(|name| changes.text(name)))
}

/// The value as it will be read back: decimals with the column's places, times to the microsecond.
fn normal(table: &Table, name: &str, value: &Value) -> Value {
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

/// The history's text: `{"column": [from, to]}`, without secrets.
fn history_of(table: &Table, before: &Changes, after: &Changes) -> Option<String> {
    if !table.audited {
        return None;
    }
    let mut changed = Map::new();
    for (name, value) in after.iter() {
        if table.column(name).is_some_and(|column| !column.secret) {
            let from = before.get(name).map_or(Json::Null, to_json);
            changed.insert(name.to_owned(), json!([from, to_json(value)]));
        }
    }
    Some(Json::Object(changed).to_string())
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Decimal(value, places) => {
            let mut value = *value;
            value.rescale(u32::from(*places));
            json!(value.to_string())
        }
        Value::Text(text) => json!(text),
        Value::Bytes(bytes) => json!(format!("{} bytes", bytes.len())),
        Value::Date(day) => json!(time::stored_date(*day)),
        Value::Time(value) => json!(time::stored_time(*value)),
        Value::DateTime(moment) => json!(time::WireMoment(*moment)),
    }
}

/// Values against the description: kind, length, digits, choices, minimum, NULL. A field's own reader has said all
/// this more kindly before; this is the net below it, the same on both engines.
pub(super) fn check_values(table: &Table, changes: &Changes) -> Result<()> {
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
pub(super) struct OtherKind;

/// What is wrong with a value by its column's description: a code and a sentence.
pub(super) fn complaint(
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
