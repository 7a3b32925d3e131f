//! What a MySQL or MariaDB server counted by itself, if it does and lets us see it.

use crate::config::Database;
use crate::db::slow::{Figures, shape};
use crate::db::{Db, DbError};
use crate::params;

const DIGESTS: &str = "SELECT digest_text, count_star, \
     CAST(sum_timer_wait / 1000000000 AS UNSIGNED) AS total_ms, \
     CAST(max_timer_wait / 1000000000 AS UNSIGNED) AS max_ms \
     FROM performance_schema.events_statements_summary_by_digest \
     WHERE schema_name = DATABASE() AND digest_text IS NOT NULL ORDER BY sum_timer_wait DESC LIMIT ?";

/// The statements that took most, or why they cannot be told.
pub(super) fn read(database: &Database, limit: usize) -> Result<Vec<(String, Figures)>, String> {
    let told = |error: DbError| error.to_string();
    let mut conn = Db::start(&database.location, 1).and_then(|db| db.connect()).map_err(told)?;
    let is_on = conn.one::<i64>("SELECT @@performance_schema", &[]).map_err(told)?;
    if is_on == 0 {
        return Err("performance_schema is off on this server".to_owned());
    }
    let number = |value: i64| u64::try_from(value).unwrap_or(0);
    conn.rows(DIGESTS, &params![limit], |row| {
        let figures = Figures {
            count: number(row.at(1)?),
            total_ms: number(row.at(2)?),
            max_ms: number(row.at(3)?),
        };
        Ok((shape(&row.at::<String>(0)?), figures))
    })
    .map_err(|error| match error {
        DbError::Sql { message, .. } => message,
        other => other.to_string(),
    })
}
