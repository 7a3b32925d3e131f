//! Steps of this module's schema, oldest first.

use platform::db::migrate::Migration;
use platform::migration;

/// All of them.
pub const ALL: &[Migration] = &[
    migration!("configurations", "0001_initial", ".", []),
    migration!("configurations", "0002_histories", ".", [("patients", "0001_initial")]),
];
