//! The page envelope: one for all paged lists, the union of what the existing clients read.

use serde::Serialize;

use super::Answer;
use super::caller::Caller;
use super::query::Query;
use super::written::{Rows, Written};
use crate::app::App;
use crate::db::{Conn, DbResult, Page};
use crate::error::{Error, Kind, Refusal, Result};
use crate::i18n::Text;

/// The envelope around `results`.
#[derive(Debug, Serialize)]
struct Head {
    count: u64,
    num_pages: u64,
    current_page: u64,
    next: Option<String>,
    previous: Option<String>,
}

/// Answers the page that `list` writes row by row, or "no such page".
pub async fn answer<F>(app: &App, caller: &Caller, query: Query, list: F) -> Answer
where
    F: Fn(&mut Conn, &mut Rows) -> DbResult<Option<Page<()>>> + Send + 'static,
{
    let caller = caller.clone();
    let read = move |conn: &mut Conn| {
        let mut rows = Rows::default();
        let page = list(conn, &mut rows)?;
        Ok(rows.under(&head(page, &query, caller.base_url())?)?)
    };
    Ok(app.db().read_short(read).await?)
}

/// Answers the one row that `find` writes, or the refusal `absent`.
pub async fn answer_one<F>(app: &App, absent: fn() -> Error, find: F) -> Answer
where
    F: Fn(&mut Conn) -> DbResult<Option<Written>> + Send + 'static,
{
    Ok(app.db().read_short(move |conn| Ok(find(conn)?.ok_or_else(absent)?.response())).await?)
}

fn head(page: Option<Page<()>>, query: &Query, base: &str) -> Result<Head> {
    let page = page.ok_or_else(|| {
        Refusal::new(Kind::NotFound, "invalid_page", Text::key("error.no_such_page"))
    })?;
    let pages = page.pages();
    Ok(Head {
        count: page.count,
        num_pages: pages,
        current_page: page.number,
        next: (page.number < pages).then(|| query.page_url(base, page.number + 1)),
        previous: (page.number > 1).then(|| query.page_url(base, page.number - 1)),
    })
}
