//! The pages outside the panel: the first page, the API viewer, log-in and the first administrator; and the
//! embedded assets. Pages for whoever may see them; what the API answers does not live here.

mod accept;
mod assets;
mod cookies;
mod pages;
mod setup;
mod signin;
mod start;
#[cfg(test)]
pub(crate) mod tests;
mod visitor;

pub use accept::prefers_html;
pub use assets::{Embedded, embedded};
pub use pages::{error_page, is_page};
pub use setup::{Invitation, first_administrator_path};
pub use visitor::Visitor;

use super::Route;

pub(super) fn routes() -> Vec<Route> {
    let mut routes = start::routes();
    routes.extend(signin::routes());
    routes.extend(setup::routes());
    routes.extend(assets::routes());
    routes
}
