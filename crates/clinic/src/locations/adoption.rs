//! What the places take from the Django program's tables.

use platform::db::migrate::adopt::{Taken, TakenColumn, blank_is_null};

use super::model::{COUNTRIES, DISTRICTS, PROVINCES, REGIONS};

pub(super) const ADOPTION: &[Taken] = &[
    Taken::new(&COUNTRIES).columns(&[TakenColumn::of("iso2").form(blank_is_null)]),
    Taken::new(&REGIONS).columns(&[TakenColumn::of("ubigeo").form(blank_is_null)]),
    Taken::new(&PROVINCES).columns(&[TakenColumn::of("ubigeo").form(blank_is_null)]),
    Taken::new(&DISTRICTS).columns(&[TakenColumn::of("ubigeo").form(blank_is_null)]),
];
