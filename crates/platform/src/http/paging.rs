//! The page envelope: one for all paged lists, the union of what the existing clients read.

use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::caller::Caller;
use super::query::Query;
use crate::db::Page;
use crate::error::{Kind, Refusal, Result};
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

/// Answers a page, or "no such page".
pub fn answer<T: Serialize>(
    page: Option<Page<T>>,
    query: &Query,
    caller: &Caller,
) -> Result<Response> {
    let page = page.ok_or_else(|| {
        Refusal::new(Kind::NotFound, "invalid_page", Text::key("error.no_such_page"))
    })?;
    let base = caller.base_url();
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
