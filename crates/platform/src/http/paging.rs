//! The page envelope: one for all paged lists, the union of what the existing clients read.

use serde::Serialize;

use super::Answer;
use super::caller::Caller;
use super::query::Query;
use super::written::{Rows, Written};
use crate::app::App;
use crate::db::{Conn, DbResult, Page};
use crate::error::{Error, Kind, Refusal};
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
    let no_page = || Refusal::new(Kind::NotFound, "invalid_page", Text::key("error.no_such_page"));
    answer_or(app, caller, query, move || no_page().into(), list).await
}

/// The same of a list that may be nobody's: where `list` has no page, the answer is the refusal `absent`.
pub async fn answer_or<A, F>(app: &App, caller: &Caller, query: Query, absent: A, list: F) -> Answer
where
    A: Fn() -> Error + Send + 'static,
    F: Fn(&mut Conn, &mut Rows) -> DbResult<Option<Page<()>>> + Send + 'static,
{
    let caller = caller.clone();
    let read = move |conn: &mut Conn| {
        let mut rows = Rows::default();
        let page = list(conn, &mut rows)?.ok_or_else(&absent)?;
        Ok(rows.under(&head(&page, &query, caller.base_url()))?)
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

fn head(page: &Page<()>, query: &Query, base: &str) -> Head {
    let pages = page.pages();
    Head {
        count: page.count,
        num_pages: pages,
        current_page: page.number,
        next: (page.number < pages).then(|| query.page_url(base, page.number + 1)),
        previous: (page.number > 1).then(|| query.page_url(base, page.number - 1)),
    }
}
