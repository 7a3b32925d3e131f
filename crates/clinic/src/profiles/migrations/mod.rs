//! Steps of this module's schema, oldest first.

use platform::db::migrate::Migration;
use platform::migration;

/// All of them.
pub const ALL: &[Migration] = &[
    migration!(
        "profiles",
        "0001_initial",
        ".",
        [("configurations", "0001_initial"), ("locations", "0001_initial")]
    ),
    migration!(
        "profiles",
        "0002_names_and_passwords",
        ".",
        [("configurations", "0001_initial"), ("locations", "0001_initial")]
    ),
];
