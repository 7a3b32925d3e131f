//! Counts the lines of the error log since a moment.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::types::time::Moment;

/// Bytes read at most of one file, from its end: a log gone wild must not hold the command up.
const TAIL: u64 = 32 << 20;

/// Errors since a moment in the files of a log folder whose names begin with `error`; `None` if there is none.
pub(super) fn count_since(folder: &Path, since: Moment) -> Option<u64> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let files: Vec<PathBuf> = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("error"))
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    if files.is_empty() {
        return None;
    }
    let is_recent = |path: &&PathBuf| {
        let changed = path.metadata().and_then(|known| known.modified());
        changed.is_ok_and(|changed| DateTime::<Utc>::from(changed) >= since)
    };
    Some(files.iter().filter(is_recent).map(|path| in_file(path, since).unwrap_or(0)).sum())
}

fn in_file(path: &Path, since: Moment) -> std::io::Result<u64> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut count = 0;
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(count);
        }
        count += u64::from(is_error_since(&String::from_utf8_lossy(&line), since));
    }
}

/// Whether a line begins an error's record, in either form of log, at `since` or later.
fn is_error_since(line: &str, since: Moment) -> bool {
    let record = if line.starts_with('{') {
        serde_json::from_str::<serde_json::Value>(line).ok().and_then(|record| {
            let text = |name: &str| Some(record.get(name)?.as_str()?.to_owned());
            Some((text("timestamp")?, text("level")?))
        })
    } else {
        let mut words = line.split_whitespace();
        words.next().zip(words.next()).map(|(at, level)| (at.to_owned(), level.to_owned()))
    };
    record.is_some_and(|(at, level)| {
        level == "ERROR" && DateTime::parse_from_rfc3339(&at).is_ok_and(|at| at >= since)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_both_forms_count_from_the_moment_on() {
        let folder = tempfile::tempdir().unwrap();
        let since = DateTime::from_timestamp(1_772_463_600, 0).unwrap(); // 2026-03-02T15:00:00Z
        assert_eq!(count_since(folder.path(), since), None);
        assert_eq!(count_since(&folder.path().join("nowhere"), since), None);
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("app.log", "2026-03-02T16:00:00Z ERROR not of this file\n");
        assert_eq!(count_since(folder.path(), since), None);
        write(
            "error.log.2026-03-02",
            "2026-03-02T14:59:59.999999Z ERROR platform: before\n\
             2026-03-02T15:00:00.000000Z ERROR platform: one\n   at a second line of it\n\
             2026-03-02T15:00:01Z  WARN platform: no error\n\
             {\"timestamp\":\"2026-03-02T15:00:02Z\",\"level\":\"ERROR\",\"message\":\"two\"}\n\
             {\"timestamp\":\"2026-03-02T15:00:02Z\",\"level\":\"INFO\"}\n{\"broken\n\u{fffd}\n",
        );
        write("error.log", "2026-03-03T00:00:00Z ERROR platform: three");
        assert_eq!(count_since(folder.path(), since), Some(3));
    }
}
