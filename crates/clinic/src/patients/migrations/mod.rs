//! Steps of this module's schema, oldest first.

use platform::db::migrate::Migration;
use platform::migration;

/// All of them.
pub const ALL: &[Migration] = &[
    migration!(
        "patients",
        "0001_initial",
        ".",
        [("configurations", "0001_initial"), ("locations", "0001_initial")]
    ),
    migration!("patients", "0002_record_words", ".", [("platform", "0001_initial")]),
];
