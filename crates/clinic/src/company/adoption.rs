//! What the company takes from the Django program's table.

use platform::db::migrate::adopt::Taken;

use super::model::COMPANIES;

pub(super) const ADOPTION: &[Taken] = &[Taken::new(&COMPANIES)];
