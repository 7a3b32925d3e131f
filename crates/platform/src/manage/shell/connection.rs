//! `connection`: which engine it is, and the statements this shell ran.

use std::rc::Rc;

use rhai::{Array, Dynamic, Engine, Map};

use super::session::Session;
use crate::db::Engine as Database;

/// The connection as the language sees it.
#[derive(Clone)]
pub(super) struct ConnectionHandle(pub(super) Rc<Session>);

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<ConnectionHandle>("connection");
    engine.register_get("vendor", |connection: &mut ConnectionHandle| {
        match connection.0.app.db().engine() {
            Database::Sqlite => "sqlite",
            Database::Mysql => "mysql",
        }
        .to_owned()
    });
    engine.register_get("queries", |connection: &mut ConnectionHandle| -> Array {
        connection
            .0
            .queries()
            .into_iter()
            .map(|ran| {
                let seconds = format!("{:.3}", ran.time.as_secs_f64());
                let map: Map =
                    [("sql".into(), ran.sql.into()), ("time".into(), Dynamic::from(seconds))]
                        .into_iter()
                        .collect();
                map.into()
            })
            .collect()
    });
}
