//! Steps of this module's schema, oldest first.

use platform::db::migrate::Migration;
use platform::migration;

/// All of them.
pub const ALL: &[Migration] =
    &[migration!("architect", "0001_initial", ".", [("profiles", "0001_initial")])];
