//! The files in LOG_DIR: ours by their names, old by the day in them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::types::time;

/// Everything that LOG_LEVEL lets through.
pub const ALL: &str = "app.log";
/// Errors alone.
pub const ERRORS: &str = "error.log";

/// A log file of an earlier day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Where it is.
    pub path: PathBuf,
    /// The day its lines are of.
    pub day: NaiveDate,
    /// Its size.
    pub bytes: u64,
}

/// The day in a rotated file's name: `app.log.2026-11-23`, or `app.log.2026-11-23.1` for a second file of that day.
#[must_use]
pub fn day_in(name: &str) -> Option<NaiveDate> {
    let rest = [ALL, ERRORS].iter().find_map(|ours| name.strip_prefix(ours)?.strip_prefix('.'))?;
    let (day, number) = rest.split_once('.').unwrap_or((rest, "1"));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    // The exact form only: what was renamed by hand is nobody's to remove.
    let written = time::parse_date(day).filter(|parsed| time::stored_date(*parsed) == day)?;
    is_number.then_some(written)
}

/// Our files of days before `day`, oldest first. Links and folders are not followed: they are not ours.
pub fn before(folder: &Path, day: NaiveDate) -> io::Result<Vec<Dated>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Some(its_day) = entry.file_name().to_str().and_then(day_in) else { continue };
        // The entry's own metadata, which a link does not lend from its target.
        let metadata = entry.metadata()?;
        if metadata.is_file() && its_day < day {
            found.push(Dated { path: entry.path(), day: its_day, bytes: metadata.len() });
        }
    }
    found.sort_by(|left, right| (left.day, &left.path).cmp(&(right.day, &right.path)));
    Ok(found)
}

/// Makes the folder if it is not there.
pub(super) fn create(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
