//! The web side: builds the router out of the modules' routes, and turns requests and errors into values and back.

pub mod access;
pub mod body;
pub mod caller;
mod cors;
pub mod errors;
pub mod fields;
pub mod health;
pub mod home;
pub mod openapi;
pub mod paging;
pub mod pipeline;
pub mod query;
pub mod routes;
pub mod security;
pub mod serve;
pub mod stream;
pub mod upload;
pub mod written;

use axum::Router;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

pub use access::Access;
pub use body::Body;
pub use caller::Caller;
pub use errors::{Answer, HttpError};
pub use fields::{Complaints, Field, Mode};
pub use query::{Id, Query};
pub use routes::{Beside, BodyDoc, Doc, Holds, Route, Shape};
pub use upload::Form;
pub use written::{Rows, Written};

use crate::app::{App, Program};
use crate::error::Refusal;
use crate::i18n::Text;

/// Routes of one origin: its name, what all their paths begin with, and they.
pub type RouteTable = (&'static str, String, Vec<Route>);

/// Every route: the engine room's own under the name `platform`, and each module's.
#[must_use]
pub fn route_tables(program: &Program) -> Vec<RouteTable> {
    let mut own = health::routes();
    own.extend(home::routes());
    own.extend(openapi::routes());
    own.extend(upload::routes(program));
    let mut tables = vec![("platform", String::new(), own)];
    for module in program.modules {
        let routes = module.route_tables().into_iter();
        tables.extend(routes.map(|(prefix, routes)| (module.name, prefix, routes)));
    }
    tables
}

/// The whole router.
pub fn router(app: &App) -> Router {
    let mut router = Router::new();
    for (_, prefix, routes) in route_tables(app.program()) {
        router = router.merge(routes::mount(app, &prefix, routes));
    }
    router
        .fallback(not_found)
        .layer(cors::WhenAsked::of(app))
        .layer(axum::middleware::from_fn_with_state(app.clone(), pipeline::run))
        .with_state(app.clone())
}

async fn not_found() -> HttpError {
    Refusal::not_found("error.no_such_path").into()
}

/// An answer with a JSON body.
pub fn json<T: Serialize>(status: u16, body: &T) -> Response {
    let status = axum::http::StatusCode::from_u16(status).unwrap_or(axum::http::StatusCode::OK);
    (status, axum::Json(body)).into_response()
}

/// A sentence, as the answer of an action.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MessageView {
    /// The sentence.
    pub message: String,
}

/// An answer that is a sentence in the caller's language.
pub fn message(app: &App, caller: &Caller, status: u16, key: &'static str) -> Response {
    json(status, &MessageView { message: sentence(app, caller, key) })
}

/// A sentence in the caller's language.
#[must_use]
pub fn sentence(app: &App, caller: &Caller, key: &'static str) -> String {
    Text::key(key).speak(app.program().texts, caller.lang())
}

/// An answer without a body.
#[must_use]
pub fn empty() -> Response {
    axum::http::StatusCode::NO_CONTENT.into_response()
}
