//! `cache`: the program's cache, so that one can see that it answers.

use std::rc::Rc;

use chrono::Duration;
use rhai::{Dynamic, Engine, ImmutableString, Map};
use serde_json::Value as Json;

use super::session::{Outcome, Session};
use super::show;

/// Seconds that a value stays when nobody says how long, as Django has it.
const USUAL_SECONDS: i64 = 300;

/// The cache as the language sees it.
#[derive(Clone)]
pub(super) struct CacheHandle(pub(super) Rc<Session>);

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<CacheHandle>("cache");
    engine.register_fn("set", |cache: CacheHandle, key: ImmutableString, value: Dynamic| {
        cache.set(&key, &value, USUAL_SECONDS)
    });
    engine.register_fn(
        "set",
        |cache: CacheHandle, key: ImmutableString, value: Dynamic, seconds: i64| {
            cache.set(&key, &value, seconds)
        },
    );
    engine.register_fn(
        "set",
        |cache: CacheHandle, key: ImmutableString, value: Dynamic, options: Map| {
            let seconds = options.get("timeout").and_then(|given| given.as_int().ok());
            cache.set(&key, &value, seconds.ok_or("set takes timeout=seconds")?)
        },
    );
    engine.register_fn("get", |cache: CacheHandle, key: ImmutableString| {
        cache.get(&key, Dynamic::UNIT)
    });
    engine.register_fn("get", |cache: CacheHandle, key: ImmutableString, otherwise: Dynamic| {
        cache.get(&key, otherwise)
    });
    engine.register_fn("delete", |cache: CacheHandle, key: ImmutableString| cache.delete(&key));
}

impl CacheHandle {
    fn set(&self, key: &str, value: &Dynamic, seconds: i64) -> Outcome<()> {
        let json: Json = rhai::serde::from_dynamic(value)
            .map_err(|_| format!("{} cannot be kept in the cache", show::short(value)))?;
        let session = &self.0;
        session
            .wait(session.app.cache().set(
                key,
                &json.to_string(),
                Duration::seconds(seconds.clamp(0, i64::from(i32::MAX))),
            ))
            .map_err(|error| session.told(&error).into())
    }

    fn get(&self, key: &str, otherwise: Dynamic) -> Outcome<Dynamic> {
        let session = &self.0;
        let kept =
            session.wait(session.app.cache().get(key)).map_err(|error| session.told(&error))?;
        let Some(text) = kept else { return Ok(otherwise) };
        // What another program wrote there is a text.
        let json = serde_json::from_str(&text).unwrap_or(Json::String(text));
        rhai::serde::to_dynamic(json)
    }

    fn delete(&self, key: &str) -> Outcome<bool> {
        let session = &self.0;
        session.wait(session.app.cache().delete(key)).map_err(|error| session.told(&error).into())
    }
}
