//! Steps of this module's schema, oldest first.

use platform::db::migrate::Migration;
use platform::migration;

/// All of them.
pub const ALL: &[Migration] = &[
    migration!(
        "appointments",
        "0001_initial",
        ".",
        [
            ("configurations", "0002_histories"),
            ("patients", "0001_initial"),
            ("therapists", "0001_initial")
        ]
    ),
    migration!("appointments", "0002_status_description", ".", []),
];
