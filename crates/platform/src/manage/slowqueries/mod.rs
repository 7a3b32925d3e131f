//! `slowqueries`: where the time of slow statements goes.

mod logs;
mod server;

use std::path::Path;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Location;
use crate::db::slow::Figures;
use crate::error::{Error, Result};
use crate::manage::output;

/// The file that says from when on figures count.
const SINCE: &str = "slowqueries.since";
/// Characters of a statement that are shown.
const SHOWN: usize = 400;

/// Prints the list: what the logs tell, then what the server counted.
pub fn report(config: &Config, limit: usize) -> Result<()> {
    let folder = &config.files.log_dir;
    let since = std::fs::read_to_string(folder.join(SINCE)).unwrap_or_default();
    let since = logs::moment(since.trim());
    let found = logs::read(folder, since)?;
    let from = since.map(|moment| format!(" since {}", moment.to_rfc3339())).unwrap_or_default();
    output::line(format!(
        "Statements slower than {} ms in {} ({} files){from}:",
        config.database.slow_query_ms,
        folder.display(),
        found.files
    ));
    list(found.statements, limit);
    if let Location::Server(_) = config.database.location {
        output::line("");
        match server::read(&config.database, limit) {
            Ok(statements) => {
                output::line(
                    "Statements by their time, counted by the server (performance_schema):",
                );
                list(statements, limit);
            }
            Err(reason) => {
                output::line(format!("The server's own figures cannot be had: {reason}."));
            }
        }
    }
    Ok(())
}

/// From now on only new lines count.
pub fn reset(folder: &Path, clock: &Clock) -> Result<()> {
    let path = folder.join(SINCE);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, clock.now().to_rfc3339()))
        .map_err(|error| Error::failed(&path.display().to_string(), error))?;
    output::line("Slow statements are counted from now on.");
    Ok(())
}

fn list(mut statements: Vec<(String, Figures)>, limit: usize) {
    if statements.is_empty() {
        output::line("  none");
        return;
    }
    statements.sort_by(|(a, one), (b, other)| other.total_ms.cmp(&one.total_ms).then(a.cmp(b)));
    output::line("    count    total ms   mean ms    max ms  statement");
    for (sql, Figures { count, total_ms, max_ms }) in statements.iter().take(limit) {
        let mean = total_ms / (*count).max(1);
        let sql = match sql.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", sql.get(..end).unwrap_or_default()),
            None => sql.clone(),
        };
        output::line(format!("{count:>9} {total_ms:>11} {mean:>9} {max_ms:>9}  {sql}"));
    }
    if statements.len() > limit {
        output::line(format!("  … and {} more (--limit)", statements.len() - limit));
    }
}
