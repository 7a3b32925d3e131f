//! A query: conditions, order and limit that become one SELECT when somebody wants the answer.

use std::ops::ControlFlow;
use std::rc::Rc;

use rhai::{Array, Dynamic, Map};

use super::convert::{column, shown_columns, to_dynamic};
use super::lookup::conditions;
use super::row::Record;
use super::session::{Outcome, Session};
use crate::db::{Changes, Column, Filter, Table};

/// Rows that are shown of a query; one more is fetched to know whether there are more.
pub(super) const SHOWN: usize = 20;
/// Rows a loop or a list may bring into memory.
const MOST_ROWS: usize = 10_000;

/// A SELECT to be.
#[derive(Clone)]
pub(super) struct Query {
    pub(super) session: Rc<Session>,
    pub(super) table: &'static Table,
    filter: Filter,
    order: Vec<(&'static str, bool)>,
    limit: Option<usize>,
    /// Columns asked for by `values`: rows are then plain maps.
    plain: Option<Vec<&'static Column>>,
    with_deleted: bool,
}

impl Query {
    pub(super) fn of(session: &Rc<Session>, table: &'static Table) -> Self {
        Self {
            session: Rc::clone(session),
            table,
            filter: Filter::new(),
            order: Vec::new(),
            limit: None,
            plain: None,
            with_deleted: false,
        }
    }

    pub(super) fn filter(mut self, asked: &Map) -> Outcome<Self> {
        self.refuse_limited("filter")?;
        self.filter = self.filter.also(&conditions(self.table, asked)?);
        Ok(self)
    }

    /// Rows for which not all of the conditions hold; a comparison with an empty value does not hold.
    pub(super) fn exclude(mut self, asked: &Map) -> Outcome<Self> {
        self.refuse_limited("exclude")?;
        let unwanted = conditions(self.table, asked)?;
        if !unwanted.is_empty() {
            let sql = unwanted.sql();
            let condition = sql.trim_start().trim_start_matches("WHERE ");
            let excluded = format!("NOT COALESCE(({condition}), 0)");
            self.filter = self.filter.and_with(&excluded, unwanted.values());
        }
        Ok(self)
    }

    fn refuse_limited(&self, verb: &str) -> Outcome<()> {
        match self.limit {
            Some(_) => Err(format!("{verb} comes before limit").into()),
            None => Ok(()),
        }
    }

    pub(super) fn order_by(mut self, names: &[String]) -> Outcome<Self> {
        self.refuse_limited("order_by")?;
        self.order = names
            .iter()
            .map(|name| {
                let (bare, down) =
                    name.strip_prefix('-').map_or((name.as_str(), false), |b| (b, true));
                column(self.table, bare).map(|column| (column.name, down))
            })
            .collect::<Outcome<_>>()?;
        Ok(self)
    }

    pub(super) fn limit(mut self, most: i64) -> Outcome<Self> {
        let most = usize::try_from(most)
            .map_err(|_| -> Box<rhai::EvalAltResult> { "limit takes a number from 0".into() })?;
        self.limit = Some(self.limit.map_or(most, |before| before.min(most)));
        Ok(self)
    }

    pub(super) fn values(mut self, names: &[String]) -> Outcome<Self> {
        let columns: Vec<_> = if names.is_empty() {
            shown_columns(self.table).collect()
        } else {
            names.iter().map(|name| column(self.table, name)).collect::<Outcome<_>>()?
        };
        self.plain = Some(columns);
        Ok(self)
    }

    pub(super) fn with_deleted(mut self) -> Self {
        self.with_deleted = true;
        self
    }

    fn live(&self) -> Filter {
        let filter = self.filter.clone();
        if self.table.is_soft_deleted() && !self.with_deleted {
            filter.and("deleted_at IS NULL")
        } else {
            filter
        }
    }

    /// The order asked for, and the key among equals; `backwards` for the last row.
    fn order_sql(&self, backwards: bool) -> String {
        let mut order = self.order.clone();
        for name in self.table.key {
            if !order.iter().any(|(known, _)| known == name) {
                order.push((name, false));
            }
        }
        let parts: Vec<String> = order
            .iter()
            .map(|(name, down)| {
                format!("{name} {}", if *down == backwards { "ASC" } else { "DESC" })
            })
            .collect();
        format!(" ORDER BY {}", parts.join(", "))
    }

    pub(super) fn count(&self) -> Outcome<i64> {
        let filter = self.live();
        let sql = format!("SELECT COUNT(*) FROM {}{}", self.table.name, filter.sql());
        let mut count = 0_i64;
        self.session.each(&sql, filter.values(), &mut |row| {
            count = row.at(0)?;
            Ok(ControlFlow::Break(()))
        })?;
        let limit = self.limit.and_then(|limit| i64::try_from(limit).ok());
        Ok(limit.map_or(count, |limit| count.min(limit)))
    }

    pub(super) fn exists(&self) -> Outcome<bool> {
        Ok(!self.fetch(1, false)?.is_empty())
    }

    pub(super) fn first(&self) -> Outcome<Dynamic> {
        Ok(self.fetch(1, false)?.pop().map_or(Dynamic::UNIT, |row| self.as_dynamic(row)))
    }

    pub(super) fn last(&self) -> Outcome<Dynamic> {
        self.refuse_limited("last")?;
        Ok(self.fetch(1, true)?.pop().map_or(Dynamic::UNIT, |row| self.as_dynamic(row)))
    }

    /// The one row the conditions leave.
    pub(super) fn only(&self) -> Outcome<Dynamic> {
        let model = self.table.model;
        let mut rows = self.fetch(2, false)?;
        match (rows.pop(), rows.is_empty()) {
            (Some(row), true) => Ok(self.as_dynamic(row)),
            (Some(_), false) => Err(format!("more than one {model} matches; use filter").into()),
            (None, _) => Err(format!("no such {model}").into()),
        }
    }

    /// All rows, if they are not too many.
    pub(super) fn rows(&self) -> Outcome<Array> {
        let rows = self.fetch(MOST_ROWS + 1, false)?;
        if rows.len() > MOST_ROWS {
            let advice = "narrow it with filter or take a part with limit";
            return Err(format!("these are more than {MOST_ROWS} rows; {advice}").into());
        }
        Ok(rows.into_iter().map(|row| self.as_dynamic(row)).collect())
    }

    /// Rows to be shown, and whether there are more.
    pub(super) fn shown(&self) -> Outcome<(Vec<Changes>, bool)> {
        let mut rows = self.fetch(SHOWN + 1, false)?;
        let more = rows.len() > SHOWN;
        rows.truncate(SHOWN);
        Ok((rows, more))
    }

    /// The ids of the rows to be changed.
    pub(super) fn ids(&self, most: usize) -> Outcome<Vec<i64>> {
        let plain = vec![column(self.table, "id")?];
        let rows = Self { plain: Some(plain), ..self.clone() }.fetch(most + 1, false)?;
        if rows.len() > most {
            return Err(
                format!("one change touches at most {most} rows; take a part with limit").into()
            );
        }
        Ok(rows.iter().filter_map(|row| row.int("id")).collect())
    }

    fn fetch(&self, most: usize, backwards: bool) -> Outcome<Vec<Changes>> {
        let columns = match &self.plain {
            Some(columns) => columns.clone(),
            None => shown_columns(self.table).collect(),
        };
        let names: Vec<_> = columns.iter().map(|column| column.name).collect();
        let filter = self.live();
        let sql = format!(
            "SELECT {} FROM {}{}{} LIMIT {}",
            names.join(", "),
            self.table.name,
            filter.sql(),
            self.order_sql(backwards),
            self.limit.map_or(most, |limit| limit.min(most)),
        );
        let mut rows = Vec::new();
        self.session.each(&sql, filter.values(), &mut |row| {
            let mut values = Changes::new();
            for column in &columns {
                values.set(column.name, row.value(column.name, column.kind)?);
            }
            rows.push(values);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    fn as_dynamic(&self, row: Changes) -> Dynamic {
        if self.plain.is_some() {
            let map: Map =
                row.iter().map(|(name, value)| (name.into(), to_dynamic(value))).collect();
            map.into()
        } else {
            Dynamic::from(Record::of(&self.session, self.table, row))
        }
    }
}
