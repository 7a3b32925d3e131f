//! The page envelope: one for all paged lists, the union of what the existing clients read.

use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::Answer;
use super::caller::Caller;
use super::query::Query;
use crate::app::App;
use crate::db::{Conn, DbResult, Page};
use crate::error::{Error, Kind, Refusal, Result};
use crate::i18n::Text;

/// The envelope.
#[derive(Debug, Serialize)]
struct Envelope<'p, T> {
    count: u64,
    num_pages: u64,
    current_page: u64,
    next: Option<String>,
    previous: Option<String>,
    results: &'p [T],
}

/// Answers the page that `list` reads, or "no such page". The body is written on the database thread: the rows
/// need not travel, and their memory is given back where it was taken.
pub async fn answer<T, F>(app: &App, caller: &Caller, query: Query, list: F) -> Answer
where
    T: Serialize,
    F: Fn(&mut Conn) -> DbResult<Option<Page<T>>> + Send + 'static,
{
    let caller = caller.clone();
    Ok(app.db().read(move |conn| render(list(conn)?, &query, caller.base_url())).await?)
}

/// Answers the one row that `find` reads, or the refusal `absent`; written on the database thread as well.
pub async fn answer_one<T, F>(app: &App, absent: fn() -> Error, find: F) -> Answer
where
    T: Serialize,
    F: Fn(&mut Conn) -> DbResult<Option<T>> + Send + 'static,
{
    Ok(app.db().read(move |conn| Ok(super::json(200, &find(conn)?.ok_or_else(absent)?))).await?)
}

fn render<T: Serialize>(page: Option<Page<T>>, query: &Query, base: &str) -> Result<Response> {
    let page = page.ok_or_else(|| {
        Refusal::new(Kind::NotFound, "invalid_page", Text::key("error.no_such_page"))
    })?;
    let pages = page.pages();
    let envelope = Envelope {
        count: page.count,
        num_pages: pages,
        current_page: page.number,
        next: (page.number < pages).then(|| query.page_url(base, page.number + 1)),
        previous: (page.number > 1).then(|| query.page_url(base, page.number - 1)),
        results: &page.rows,
    };
    Ok(axum::Json(envelope).into_response())
}
