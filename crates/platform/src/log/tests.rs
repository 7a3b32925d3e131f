//! The files: names, midnight, what is kept, what is not ours.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Barrier};

use chrono::{DateTime, Days, Duration};
use chrono_tz::America::Lima;
use parking_lot::Mutex;
use tracing_subscriber::fmt::MakeWriter;

use super::rolling::Rolling;
use super::writer::{self, Sinks};
use super::{folder, unwritable};
use crate::clock::Clock;
use crate::types::time::Moment;

fn moment(text: &str) -> Moment {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn open(folder: &Path, clock: &Clock, keep: Option<u64>) -> Rolling {
    Rolling::open(folder, folder::ALL, clock, Lima, keep.map(Days::new)).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn at_the_clinics_midnight_the_days_lines_get_the_days_name() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing(moment("2026-11-23T23:59:59-05:00"));
    let mut log = open(folder.path(), &clock, None);
    log.write(b"2026-11-23T23:59:59 last\n").unwrap();
    assert_eq!(names(folder.path()), ["app.log"]);
    clock.advance(Duration::seconds(1));
    log.write(b"2026-11-24T00:00:00 first\n").unwrap();
    assert_eq!(names(folder.path()), ["app.log", "app.log.2026-11-23"]);
    assert_eq!(text(folder.path(), "app.log"), "2026-11-24T00:00:00 first\n");
    assert_eq!(text(folder.path(), "app.log.2026-11-23"), "2026-11-23T23:59:59 last\n");
}

#[test]
fn what_an_earlier_day_left_is_set_aside_at_the_start_and_todays_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing(moment("2026-11-24T08:00:00-05:00"));
    fs::write(folder.path().join("app.log"), "{\"timestamp\":\"2026-11-20T10:00:00-05:00\"}\n")
        .unwrap();
    open(folder.path(), &clock, None).write(b"2026-11-24 one\n").unwrap();
    open(folder.path(), &clock, None).write(b"2026-11-24 two\n").unwrap();
    assert_eq!(names(folder.path()), ["app.log", "app.log.2026-11-20"]);
    assert_eq!(text(folder.path(), "app.log"), "2026-11-24 one\n2026-11-24 two\n");
}

#[test]
fn a_day_that_has_a_file_already_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing(moment("2026-11-24T08:00:00-05:00"));
    fs::write(folder.path().join("app.log.2026-11-23"), "kept").unwrap();
    fs::write(folder.path().join("app.log"), "2026-11-23 more\n").unwrap();
    open(folder.path(), &clock, None);
    assert_eq!(names(folder.path()), ["app.log", "app.log.2026-11-23", "app.log.2026-11-23.1"]);
    assert_eq!(text(folder.path(), "app.log.2026-11-23"), "kept");
}

#[test]
fn only_our_own_files_beyond_the_days_kept_go() {
    let folder = tempfile::tempdir().unwrap();
    let others = [
        "app.log.2020-13-40",
        "app.log.2020-1-1",
        "app.log.2020-01-01.gz",
        "nginx.log.2020-01-01",
        "notes",
    ];
    let kept = ["app.log.2026-11-21", "error.log.2026-11-22"];
    let old = ["app.log.2026-11-20", "error.log.2026-11-01.2"];
    for name in others.iter().chain(&kept).chain(&old) {
        fs::write(folder.path().join(name), "x").unwrap();
    }
    fs::create_dir(folder.path().join("app.log.2020-01-01")).unwrap();
    std::os::unix::fs::symlink("notes", folder.path().join("app.log.2020-01-02")).unwrap();
    open(folder.path(), &Clock::standing(moment("2026-11-24T08:00:00-05:00")), Some(3));
    let left = names(folder.path());
    assert!(others.iter().chain(&kept).all(|name| left.contains(&(*name).to_owned())), "{left:?}");
    assert!(old.iter().all(|name| !left.contains(&(*name).to_owned())), "{left:?}");
    assert!(left.contains(&"app.log.2020-01-01".to_owned()));
    assert!(left.contains(&"app.log.2020-01-02".to_owned()));
}

#[test]
fn several_writers_of_one_file_lose_no_line_at_midnight() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing(moment("2026-11-23T12:00:00-05:00"));
    let barrier = Barrier::new(4);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut log = open(folder.path(), &clock, None);
                for _ in 0..50 {
                    log.write(b"2026-11-23 line\n").unwrap();
                }
                if barrier.wait().is_leader() {
                    clock.advance(Duration::days(1));
                }
                barrier.wait();
                for _ in 0..50 {
                    log.write(b"2026-11-24 line\n").unwrap();
                }
            });
        }
    });
    assert_eq!(names(folder.path()), ["app.log", "app.log.2026-11-23"]);
    assert_eq!(text(folder.path(), "app.log"), "2026-11-24 line\n".repeat(200));
    assert_eq!(text(folder.path(), "app.log.2026-11-23"), "2026-11-23 line\n".repeat(200));
}

/// A console that a test can read.
#[derive(Clone, Default)]
struct Console(Arc<Mutex<Vec<u8>>>);

impl Write for Console {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn every_line_is_written_before_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::standing(moment("2026-11-23T12:00:00-05:00"));
    let console = Console::default();
    let sinks = Sinks {
        console: Box::new(console.clone()),
        all: Some(open(folder.path(), &clock, None)),
        errors: None,
    };
    let (lines, flush) = writer::start(sinks);
    for _ in 0..40_000 {
        lines.make_writer().write_all(b"2026-11-23 line\n").unwrap();
    }
    drop(flush);
    let expected = "2026-11-23 line\n".repeat(40_000);
    assert!(text(folder.path(), "app.log") == expected, "the file is short");
    assert!(*console.0.lock() == expected.as_bytes(), "the console is short");
}

#[test]
fn a_folder_that_cannot_be_made_is_named_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = folder::create(&file.join("logs")).unwrap_err();
    let told = unwritable(&file.join("logs"), &error);
    assert!(told.contains("file/logs") && told.contains("LOG_DIR"), "{told}");
}
