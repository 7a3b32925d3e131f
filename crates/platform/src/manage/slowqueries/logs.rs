//! Slow statements from the log files, text lines or JSON lines, plain or compressed.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde_json::Value as Json;

use crate::db::slow::{Figures, MESSAGE, shape};
use crate::error::{Error, Result};
use crate::types::time::Moment;

/// Different statements that are kept apart.
const MOST_STATEMENTS: usize = 10_000;
/// Bytes of one line; the rest of a longer one is passed over.
const LONGEST_LINE: u64 = 64 << 10;

/// What the files tell.
pub(super) struct Found {
    pub(super) files: usize,
    pub(super) statements: Vec<(String, Figures)>,
}

/// Reads `app.log` and its older days in `folder`.
pub(super) fn read(folder: &Path, since: Option<Moment>) -> Result<Found> {
    let mut figures: HashMap<String, Figures> = HashMap::new();
    let mut files = 0;
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Found { files, statements: Vec::new() });
        }
        Err(error) => return Err(Error::failed(&folder.display().to_string(), error)),
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with("app.log") || !entry.path().is_file() {
            continue;
        }
        let failed = |error| Error::failed(&entry.path().display().to_string(), error);
        let file = File::open(entry.path()).map_err(failed)?;
        let reader: Box<dyn Read> = if Path::new(&name).extension().is_some_and(|end| end == "gz") {
            Box::new(MultiGzDecoder::new(file))
        } else {
            Box::new(file)
        };
        lines(BufReader::new(reader), &mut |line| {
            if let Some((sql, ms)) = slow(line, since)
                && (figures.len() < MOST_STATEMENTS || figures.contains_key(&sql))
            {
                figures.entry(sql).or_default().add(ms);
            }
        })
        .map_err(failed)?;
        files += 1;
    }
    Ok(Found { files, statements: figures.into_iter().collect() })
}

fn lines(mut reader: impl BufRead, visit: &mut dyn FnMut(&str)) -> std::io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        visit(&String::from_utf8_lossy(&line));
        if line.last() != Some(&b'\n') {
            reader.skip_until(b'\n')?;
        }
    }
}

/// The statement and the milliseconds of a line about a slow one that is new enough.
fn slow(line: &str, since: Option<Moment>) -> Option<(String, u64)> {
    if !line.contains(MESSAGE) {
        return None;
    }
    let (at, sql, ms) = if line.starts_with('{') { of_json(line)? } else { of_text(line)? };
    let is_new = since.is_none_or(|since| at.is_some_and(|at| at >= since));
    is_new.then(|| (shape(&sql), ms))
}

fn of_json(line: &str) -> Option<(Option<Moment>, String, u64)> {
    let json: Json = serde_json::from_str(line.trim()).ok()?;
    let fields = json.get("fields").unwrap_or(&json);
    if fields.get("message")?.as_str()? != MESSAGE {
        return None;
    }
    let at = json.get("timestamp").and_then(Json::as_str).and_then(moment);
    Some((at, fields.get("sql")?.as_str()?.to_owned(), fields.get("ms")?.as_u64()?))
}

/// `<moment>  WARN <place>: slow query sql="SELECT …" ms=312 count=…`.
fn of_text(line: &str) -> Option<(Option<Moment>, String, u64)> {
    let at = moment(line.split_whitespace().next()?);
    let (_, rest) = line.split_once(&format!(": {MESSAGE} sql=\""))?;
    let mut sql = String::new();
    let mut chars = rest.char_indices();
    let end = loop {
        match chars.next()? {
            (_, '\\') => match chars.next()?.1 {
                'n' | 't' | 'r' => sql.push(' '),
                other => sql.push(other),
            },
            (at, '"') => break at,
            (_, other) => sql.push(other),
        }
    };
    let figures = rest.get(end + 1..)?;
    let ms = figures.split_whitespace().find_map(|word| word.strip_prefix("ms="))?;
    Some((at, sql, ms.parse().ok()?))
}

/// A line's moment.
pub(super) fn moment(text: &str) -> Option<Moment> {
    chrono::DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const TEXT: &str = r#"2026-11-24T10:00:00.000001Z  WARN platform::db::slow: slow query sql="SELECT \"a\" FROM t WHERE id IN (?, ?)" ms=300 count=1 total_ms=300 max_ms=300"#;
    const JSON: &str = r#"{"timestamp":"2026-11-24T12:00:00.000001Z","level":"WARN","message":"slow query","sql":"SELECT \"a\" FROM t WHERE id IN (?)","ms":500,"count":2}"#;
    const OTHERS: &str = "2026-11-24T10:00:00Z  INFO x: a slow query was asked for\n{\"message\":\"slow query\"\nslow query\n: slow query sql=\"unfinished\n";

    #[test]
    fn both_forms_of_lines_are_counted_by_statement() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("app.log"), format!("{TEXT}\n{OTHERS}")).unwrap();
        std::fs::write(folder.path().join("app.log.2026-11-23"), [0xff, b'\n']).unwrap();
        std::fs::write(folder.path().join("other.log"), TEXT).unwrap();
        let packed = File::create(folder.path().join("app.log.2026-11-22.gz")).unwrap();
        let mut packed = flate2::write::GzEncoder::new(packed, flate2::Compression::fast());
        writeln!(packed, "{JSON}").unwrap();
        packed.finish().unwrap();
        let found = read(folder.path(), None).unwrap();
        let sql = "SELECT \"a\" FROM t WHERE id IN (?)".to_owned();
        let figures = Figures { count: 2, total_ms: 800, max_ms: 500 };
        assert_eq!((found.files, found.statements), (3, vec![(sql, figures)]));
        let later = read(folder.path(), moment("2026-11-24T11:00:00Z")).unwrap();
        assert_eq!(later.statements[0].1.count, 1, "what was before does not count");
    }

    #[test]
    fn an_endless_line_costs_no_memory_and_hides_nothing_after_it() {
        let mut text = "x".repeat(200_000);
        text.push('\n');
        text.push_str(TEXT);
        let mut seen = Vec::new();
        lines(text.as_bytes(), &mut |line| seen.push(line.len())).unwrap();
        assert_eq!(seen, [65_536, TEXT.len()]);
    }

    #[test]
    fn no_folder_is_no_slow_statement() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(&folder.path().join("none"), None).unwrap().files, 0);
    }

    /// Where a test's log lines go.
    #[derive(Clone, Default)]
    struct Lines(std::sync::Arc<parking_lot::Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_the_database_logs_is_what_is_read() {
        use tracing_subscriber::Layer;
        use tracing_subscriber::layer::SubscriberExt;

        let sql = "SELECT \"x\", 'a\\b'\n FROM t WHERE id IN (?, ?)";
        for json in [false, true] {
            let kept = Lines::default();
            let writer = kept.clone();
            let form = tracing_subscriber::fmt::layer()
                .with_writer(move || writer.clone())
                .with_ansi(false);
            let form = if json { form.json().flatten_event(true).boxed() } else { form.boxed() };
            let subscriber = tracing_subscriber::registry().with(form);
            tracing::subscriber::with_default(subscriber, || {
                crate::db::slow::note(sql, std::time::Duration::from_millis(345));
            });
            let line = String::from_utf8(kept.0.lock().clone()).unwrap();
            assert_eq!(slow(&line, None), Some((shape(sql), 345)), "{line}");
        }
    }
}
