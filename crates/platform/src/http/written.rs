//! Rows written as JSON where they are read: on the database thread, while the row is at hand. A view may borrow
//! its texts from the row then, and what travels to the web side is one text.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::db::{DbError, DbResult};

/// Bytes that a page's rows are likely to need.
const ROWS: usize = 16 * 1024;

/// A value that is JSON already; it stands in other answers as what it was written from.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Written(Box<RawValue>);

impl Written {
    /// Writes a value.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> DbResult<Self> {
        serde_json::value::to_raw_value(value).map(Self).map_err(unwritten)
    }

    /// The answer that it is the body of.
    #[must_use]
    pub fn response(self) -> Response {
        let text: Box<str> = self.0.into();
        response(text.into_string().into_bytes())
    }
}

/// Rows written one after the other, separated by commas.
#[derive(Debug)]
pub struct Rows(Vec<u8>);

impl Default for Rows {
    fn default() -> Self {
        Self(Vec::with_capacity(ROWS))
    }
}

impl Rows {
    /// Writes a row.
    pub fn push<T: Serialize>(&mut self, row: &T) -> DbResult<()> {
        if !self.0.is_empty() {
            self.0.push(b',');
        }
        serde_json::to_writer(&mut self.0, row).map_err(unwritten)
    }

    /// An answer that is the rows as an array.
    #[must_use]
    pub fn array(self) -> Response {
        let mut body = Vec::with_capacity(self.0.len() + 2);
        body.push(b'[');
        body.extend_from_slice(&self.0);
        body.push(b']');
        response(body)
    }

    /// An answer that is the object `head` with the rows as its last field, `results`.
    pub fn under<T: Serialize>(self, head: &T) -> DbResult<Response> {
        let mut body = Vec::with_capacity(self.0.len() + 256);
        serde_json::to_writer(&mut body, head).map_err(unwritten)?;
        body.pop();
        body.extend_from_slice(b",\"results\":[");
        body.extend_from_slice(&self.0);
        body.extend_from_slice(b"]}");
        Ok(response(body))
    }
}

fn response(body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn unwritten(error: serde_json::Error) -> DbError {
    DbError::Encode(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Head {
        count: u8,
    }

    async fn text(response: Response) -> String {
        let body = axum::body::to_bytes(response.into_body(), 1_000).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn rows_stand_in_an_array_or_under_their_head() {
        let rows = || {
            let mut rows = Rows::default();
            rows.push(&Head { count: 1 }).unwrap();
            rows.push(&"é\"").unwrap();
            rows
        };
        assert_eq!(text(rows().array()).await, r#"[{"count":1},"é\""]"#);
        assert_eq!(text(Rows::default().array()).await, "[]");
        let body = text(rows().under(&Head { count: 2 }).unwrap()).await;
        assert_eq!(body, r#"{"count":2,"results":[{"count":1},"é\""]}"#);
    }

    #[test]
    fn what_is_written_stands_in_other_answers_as_itself() {
        let written = Written::of(&Head { count: 3 }).unwrap();
        assert_eq!(serde_json::json!({ "head": written }).to_string(), r#"{"head":{"count":3}}"#);
    }
}
