//! Bare lists: rows streamed as they are read, up to a cap that the answer names.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::Serialize;
use tokio::sync::mpsc;

use super::caller::Caller;
use super::query::Query;
use crate::app::App;
use crate::db::{Conn, DbResult};
use crate::error::{Error, Result};

/// Rows a bare list holds at most; the rest is on pages.
pub const CAP: u64 = 1_000;
/// Bytes gathered before they are sent.
const CHUNK: usize = 32 * 1024;

/// Visits each row of a list, in order.
pub type Visit<'v, T> = &'v mut dyn FnMut(T) -> bool;

/// Streams a JSON array of what `rows` visits; `total` is the whole list's length.
pub async fn list<T, F>(
    app: &App,
    caller: &Caller,
    query: &Query,
    total: u64,
    rows: F,
) -> Result<Response>
where
    T: Serialize + 'static,
    F: FnOnce(&mut Conn, Visit<'_, T>) -> DbResult<()> + Send + 'static,
{
    let receiver = app.db().stream(move |conn, send| {
        let mut buffer = Vec::with_capacity(CHUNK + 1_024);
        buffer.push(b'[');
        let mut is_first = true;
        let mut failure = None;
        rows(conn, &mut |row| {
            if !std::mem::take(&mut is_first) {
                buffer.push(b',');
            }
            if let Err(error) = serde_json::to_writer(&mut buffer, &row) {
                failure = Some(error);
                return false;
            }
            buffer.len() < CHUNK || send(Bytes::from(std::mem::take(&mut buffer)))
        })?;
        if let Some(error) = failure {
            return Err(Error::failed("a row could not be written", error));
        }
        buffer.push(b']');
        send(Bytes::from(buffer));
        Ok(())
    });
    let receiver = receiver.await?;
    let mut response = Response::new(Body::from_stream(Chunks(receiver)));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    say_length(&mut response, caller, query, total);
    Ok(response)
}

/// Says how long the whole list is of which the answer has at most [`CAP`] rows, and where the rest is.
pub fn say_length(response: &mut Response, caller: &Caller, query: &Query, total: u64) {
    let headers = response.headers_mut();
    headers.insert("x-total-count", HeaderValue::from(total));
    if total > CAP {
        let next = format!("<{}>; rel=\"next\"", query.page_url(caller.base_url(), 2));
        if let Ok(next) = HeaderValue::from_str(&next) {
            headers.insert(header::LINK, next);
        }
    }
}

/// The receiver as a stream of chunks; a failure in the middle cuts the connection, so that half a list is
/// not taken for a whole one.
struct Chunks(mpsc::Receiver<Result<Bytes>>);

impl futures_util::Stream for Chunks {
    type Item = std::result::Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|item| {
            item.map(|chunk| {
                chunk.map_err(|error| {
                    tracing::error!(%error, "a list broke off");
                    std::io::Error::other("the list broke off")
                })
            })
        })
    }
}
