//! Tests of company data, one file for data and one for logos.

mod data;
mod logos;

use axum::http::Method;
use testkit::{Client, Reply};

use crate::tests::builders::{MULTIPART, Part, multipart};

const PATH: &str = "/api/company/company/";

fn send(client: &Client<'_>, method: Method, path: &str, parts: &[Part<'_>]) -> Reply {
    client.send(method, path, Some(MULTIPART), multipart(parts))
}
