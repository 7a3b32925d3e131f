//! Is it alive, and can it reach its database.

use axum::extract::State;
use serde_json::json;

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

async fn ready(State(app): State<App>) -> Answer {
    app.database_state().await?;
    Ok(answer(200, &json!({ "status": "ready", "database": "ok" })))
}
