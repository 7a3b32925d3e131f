//! Routes below `/api/profiles`.

mod photos;

use platform::http::Route;

/// The route table.
pub fn routes() -> Vec<Route> {
    photos::routes()
}
