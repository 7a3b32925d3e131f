//! Names of backups in their folder, and which of them go.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::types::time::Moment;

const BEFORE: &str = "backend_optimizacion-";
const AFTER: &str = ".tar.gz";
const UNFINISHED: &str = ".part";
const STAMP: &str = "%Y%m%d-%H%M%S";

/// The name of a backup taken now, by the clinic's clocks.
#[must_use]
pub fn name(now: Moment, zone: Tz) -> String {
    format!("{BEFORE}{}{AFTER}", now.with_timezone(&zone).format(STAMP))
}

/// When a file of that name was taken; `None` if the name is not one of ours.
#[must_use]
pub fn taken_at(name: &str) -> Option<NaiveDateTime> {
    let stamp = name.strip_prefix(BEFORE)?.strip_suffix(AFTER)?;
    let taken = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?;
    // The exact form only.
    (taken.format(STAMP).to_string() == stamp).then_some(taken)
}

/// The finished backups of a folder, oldest first; none if there is no folder.
pub fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_file()
            && let Some(taken) = entry.file_name().to_str().and_then(taken_at)
        {
            found.push((taken, entry.path()));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

/// Removes all but the newest `keep` finished backups; returns what went.
pub(super) fn keep_newest(folder: &Path, keep: usize) -> io::Result<Vec<PathBuf>> {
    let mut all = list(folder)?;
    all.truncate(all.len().saturating_sub(keep));
    for path in &all {
        fs::remove_file(path)?;
    }
    Ok(all)
}

/// Where a backup is written before it is finished: hidden, and not named like one.
pub(super) fn unfinished(finished: &Path) -> PathBuf {
    let name = finished.file_name().unwrap_or_default().to_string_lossy();
    finished.with_file_name(format!(".{name}{UNFINISHED}"))
}

/// Removes what killed runs left; one that is being written is locked and stays.
pub(super) fn remove_unfinished(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let ours = name.to_str().and_then(|name| name.strip_prefix('.')?.strip_suffix(UNFINISHED));
        if ours.and_then(taken_at).is_some() && entry.file_type()?.is_file() {
            let file = fs::File::open(entry.path())?;
            if file.try_lock().is_ok() {
                fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}
