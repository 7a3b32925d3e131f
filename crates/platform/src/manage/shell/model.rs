//! Models and queries as the language sees them: names of functions and what they call.

use std::any::TypeId;
use std::rc::Rc;

use rhai::{Array, Dynamic, Engine, ImmutableString, Map};

use super::query::Query;
use super::row::Record;
use super::session::{Outcome, Session};
use super::{show, write};
use crate::db::Table;

/// A described table under its model's name.
#[derive(Clone)]
pub(super) struct Model {
    pub(super) session: Rc<Session>,
    pub(super) table: &'static Table,
}

/// What has rows: a model or a query.
pub(super) trait Rows: Clone + 'static {
    fn query(self) -> Query;
}

impl Rows for Model {
    fn query(self) -> Query {
        Query::of(&self.session, self.table)
    }
}

impl Rows for Query {
    fn query(self) -> Query {
        self
    }
}

impl IntoIterator for Query {
    type Item = Outcome<Dynamic>;
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        let rows = match self.rows() {
            Ok(rows) => rows.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        };
        rows.into_iter()
    }
}

impl IntoIterator for Model {
    type Item = Outcome<Dynamic>;
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.query().into_iter()
    }
}

/// Names that list their columns one by one take at most so many.
const MOST_NAMES: usize = 12;

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Model>("model");
    engine.register_type_with_name::<Query>("query");
    engine.register_type_with_name::<Record>("row");
    rows::<Model>(engine);
    rows::<Query>(engine);
    engine.register_get("objects", |model: &mut Model| model.clone());
    engine.register_fn("create", |model: Model, given: Map| {
        write::create(&model.session, model.table, &given)
    });
    engine.register_indexer_get(|query: &mut Query, at: i64| element(query, at));
    engine.register_iterator_result::<Query, Dynamic>();
    engine.register_iterator_result::<Model, Dynamic>();
    records(engine);
}

fn rows<R: Rows>(engine: &mut Engine) {
    let none = Map::new;
    engine.register_fn("all", |rows: R| rows.query());
    engine.register_fn("with_deleted", |rows: R| rows.query().with_deleted());
    engine.register_fn("filter", move |rows: R| rows.query().filter(&none()));
    engine.register_fn("filter", |rows: R, asked: Map| rows.query().filter(&asked));
    engine.register_fn("exclude", |rows: R, asked: Map| rows.query().exclude(&asked));
    engine.register_fn("get", |rows: R| rows.query().only());
    engine.register_fn("get", |rows: R, asked: Map| rows.query().filter(&asked)?.only());
    engine.register_fn("get", |rows: R, id: i64| by_id(rows.query(), id));
    engine.register_fn("count", |rows: R| rows.query().count());
    engine.register_fn("len", |rows: R| rows.query().count());
    engine.register_fn("exists", |rows: R| rows.query().exists());
    engine.register_fn("first", |rows: R| rows.query().first());
    engine.register_fn("last", |rows: R| rows.query().last());
    engine.register_fn("limit", |rows: R, most: i64| rows.query().limit(most));
    engine.register_fn("values", |rows: R| rows.query().values(&[]));
    engine.register_fn("values", |rows: R, names: Array| rows.query().values(&texts(names)?));
    engine.register_fn("order_by", |rows: R, names: Array| rows.query().order_by(&texts(names)?));
    engine.register_fn("list", |rows: R| rows.query().rows());
    engine.register_fn("to_list", |rows: R| rows.query().rows());
    engine.register_fn("update", |rows: R, given: Map| {
        let query = rows.query();
        let new = write::changes(query.table, &given)?;
        write::update(&query.session, query.table, query.ids(write::MOST_ROWS)?, new)
    });
    engine.register_fn("delete", |rows: R| {
        let query = rows.query();
        write::delete(&query.session, query.table, query.ids(write::MOST_ROWS)?)
    });
    for count in 1..=MOST_NAMES {
        let mut types = vec![TypeId::of::<R>()];
        types.resize(count + 1, TypeId::of::<ImmutableString>());
        engine.register_raw_fn("values", &types, |_, arguments| {
            let (rows, names) = split::<R>(arguments)?;
            rows.query().values(&names)
        });
        engine.register_raw_fn("order_by", &types, |_, arguments| {
            let (rows, names) = split::<R>(arguments)?;
            rows.query().order_by(&names)
        });
    }
}

fn split<R: Rows>(arguments: &mut [&mut Dynamic]) -> Outcome<(R, Vec<String>)> {
    let mut arguments = arguments.iter();
    let rows = arguments.next().and_then(|first| (**first).clone().try_cast::<R>());
    let names = arguments.filter_map(|name| (**name).clone().into_string().ok()).collect();
    rows.map(|rows| (rows, names)).ok_or_else(|| "this is called on a model or a query".into())
}

fn texts(names: Array) -> Outcome<Vec<String>> {
    names
        .into_iter()
        .map(|name| name.into_string().map_err(|_| "names of fields are texts".into()))
        .collect()
}

fn by_id(query: Query, id: i64) -> Outcome<Dynamic> {
    let model = query.table.model;
    let asked = [("id".into(), Dynamic::from(id))].into_iter().collect();
    match query.filter(&asked)?.first()? {
        found if found.is_unit() => Err(format!("no {model} has the id {id}").into()),
        found => Ok(found),
    }
}

fn element(query: &Query, at: i64) -> Outcome<Dynamic> {
    let index = usize::try_from(at).ok();
    let rows = match index {
        Some(index) => query.clone().limit(at.saturating_add(1))?.rows()?.into_iter().nth(index),
        None => None,
    };
    rows.ok_or_else(|| format!("there is no row number {at}").into())
}

fn records(engine: &mut Engine) {
    engine.register_indexer_get(|row: &mut Record, name: ImmutableString| row.get(&name));
    engine.register_indexer_set(|row: &mut Record, name: ImmutableString, value: Dynamic| {
        row.set(&name, &value)
    });
    engine.register_fn("save", Record::save);
    engine.register_fn("delete", |row: &mut Record| row.delete());
    engine.register_fn("refresh_from_db", Record::refresh);
    engine.register_fn("update", |row: &mut Record, given: Map| {
        for (name, value) in &given {
            row.set(name, value)?;
        }
        row.save()
    });
    engine.register_fn("to_map", |row: &mut Record| {
        let map: Map = row
            .values
            .iter()
            .map(|(name, value)| (name.into(), super::convert::to_dynamic(value)))
            .collect();
        map
    });
    engine.register_fn("to_string", |row: &mut Record| show::fields(&row.values));
}
