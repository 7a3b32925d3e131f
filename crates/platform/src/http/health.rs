//! Is it alive, and can it reach its database.

use axum::extract::State;
use serde_json::json;

use super::errors::{RETRY_SECONDS, retry};
use super::{Access, Answer, Route, json as answer};
use crate::app::App;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/health/", Access::Public, live).summary("Whether the program runs"),
        Route::get("/health/ready/", Access::Public, ready)
            .summary("Whether the program can do its work"),
    ]
}

async fn live(State(app): State<App>) -> Answer {
    Ok(answer(200, &json!({ "status": "healthy", "service": app.program().name })))
}

/// A Redis that is away is told and no reason to say no: counting goes on in memory.
async fn ready(State(app): State<App>) -> Answer {
    let database = app.database_state().await;
    let redis = app.cache().redis_state().await;
    let debug = app.config().debug;
    let state = |reason: String| if debug { reason } else { "away".to_owned() };
    let redis = redis.map(|state_of_redis| state_of_redis.map_or_else(state, |()| "ok".to_owned()));
    let body = |status: &str, database: &str| match &redis {
        Some(redis) => json!({ "status": status, "database": database, "redis": redis }),
        None => json!({ "status": status, "database": database }),
    };
    match database {
        Ok(()) => Ok(answer(200, &body("ready", "ok"))),
        // In development the page itself says what is wrong and what to do.
        Err(error) if debug => {
            let mut response = answer(503, &body("unavailable", &error.to_string()));
            retry(&mut response, RETRY_SECONDS);
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}
