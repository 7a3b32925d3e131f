//! A row in hand: its fields by name, and what was set on it since.

use std::rc::Rc;

use rhai::Dynamic;

use super::convert::{column, to_dynamic, to_value};
use super::query::Query;
use super::session::{Outcome, Session};
use super::write;
use crate::db::{Changes, Table, Value};

/// A row of a model.
#[derive(Clone)]
pub(super) struct Record {
    pub(super) session: Rc<Session>,
    pub(super) table: &'static Table,
    pub(super) values: Changes,
    changed: Changes,
}

impl Record {
    pub(super) fn of(session: &Rc<Session>, table: &'static Table, values: Changes) -> Self {
        Self { session: Rc::clone(session), table, values, changed: Changes::new() }
    }

    pub(super) fn get(&self, name: &str) -> Outcome<Dynamic> {
        let column = column(self.table, name)?;
        Ok(self.values.get(column.name).map_or(Dynamic::UNIT, to_dynamic))
    }

    pub(super) fn set(&mut self, name: &str, given: &Dynamic) -> Outcome<()> {
        let column = column(self.table, name)?;
        if column.name == "id" {
            return Err("a row keeps its id".into());
        }
        let value = to_value(self.table, column, given)?;
        self.values.set(column.name, value.clone());
        self.changed.set(column.name, value);
        Ok(())
    }

    /// Writes what was set.
    pub(super) fn save(&mut self) -> Outcome<()> {
        if self.changed.is_empty() {
            return Ok(());
        }
        write::update(&self.session, self.table, vec![self.id()?], self.changed.clone())?;
        self.changed = Changes::new();
        self.refresh()
    }

    /// Removes the row; one of a soft-deleted table can be brought back.
    pub(super) fn delete(&self) -> Outcome<i64> {
        write::delete(&self.session, self.table, vec![self.id()?])
    }

    /// Reads the row again.
    pub(super) fn refresh(&mut self) -> Outcome<()> {
        let asked = [("id".into(), Dynamic::from(self.id()?))].into_iter().collect();
        let found = Query::of(&self.session, self.table).with_deleted().filter(&asked)?.only()?;
        if let Some(fresh) = found.try_cast::<Self>() {
            self.values = fresh.values;
        }
        Ok(())
    }

    fn id(&self) -> Outcome<i64> {
        match self.values.get("id") {
            Some(Value::Int(id)) => Ok(*id),
            _ => Err(format!("rows of {} have no id", self.table.model).into()),
        }
    }
}
