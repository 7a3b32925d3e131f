//! A transaction: everything that may be written, and what is written along with it.
//!
//! Rows go in through [`Tx::insert`], [`Tx::update`], [`Tx::soft_delete`] and [`Tx::restore`], which check values
//! against the table's description, keep time stamps, folded twins, the word index, row counts and the history,
//! and turn broken constraints into refusals by field. So no service can forget any of it.
//!
//! - `check`: values against the description; `form`: how they are written.
//! - `along`: counts and words; `history`: who changed what.
//! - `put`: rows that bring their own key; `explain`: broken constraints by field.

mod along;
mod check;
mod explain;
mod form;
mod history;
mod put;

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::slice;

use super::constraint::Violation;
use super::{Changes, Conn, DbError, DbResult, Table, Value, search};
use crate::auth::identity::Generation;
use crate::error::{Error, Result};
use crate::types::time::Moment;
use check::check_values;
pub(super) use check::complaint;
use form::{assignments, folded_twin, is_live, normal, push_row, words_of};
use history::{Entry, history_of};

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
