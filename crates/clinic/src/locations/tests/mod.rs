//! Tests of places, one file per endpoint, and of their import.

mod import_embedded;
mod import_files;
mod importubigeo;
mod list_countries;
mod list_districts;
mod list_provinces;
mod list_regions;
mod show_place;

use testkit::{Reply, TestApp};

use crate::locations::import_embedded;
use crate::tests::builders::app;

/// A program with all places.
fn loaded() -> TestApp {
    let app = app();
    app.write(import_embedded);
    app
}

/// A value of every row of a page.
fn column(page: &Reply, key: &str) -> Vec<String> {
    let value = |row: &serde_json::Value| row[key].as_str().map(str::to_owned).unwrap_or_default();
    page.results().iter().map(value).collect()
}
