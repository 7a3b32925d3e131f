//! The pages outside the panel: the first page, the API viewer, log-in and the first administrator; and the
//! embedded assets.

use axum::Router;

use super::Route;
use crate::app::App;

pub(super) fn routes() -> Vec<Route> {
    Vec::new()
}

pub(super) fn assets() -> Router<App> {
    Router::new()
}

/// The one-time path to create the first administrator, while there is none.
pub fn first_administrator_path(_app: &App) -> crate::error::Result<Option<String>> {
    Ok(None)
}
