//! Log lines: structured, without personal data, on the console and in files at once.
//!
//! - `folder`: which files in LOG_DIR are ours, and which of them are old.
//! - `rolling`: one file that has a fixed name today and a dated one after midnight.
//! - `writer`: the thread that all lines leave on.

pub mod folder;
mod rolling;
#[cfg(test)]
mod tests;
mod writer;

use std::cell::RefCell;
use std::path::Path;

use chrono::Days;
use chrono_tz::Tz;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::clock::Clock;
use crate::config::Config;
use crate::manage::output;
use rolling::Rolling;
pub use writer::Flush;
use writer::Sinks;

/// Starts logging to the console and to LOG_DIR, for commands that run on. Lines still waiting are written when the
/// answer goes. A folder that cannot be written costs the files, not the start.
#[must_use]
pub fn start(config: &Config) -> Flush {
    let clock = Clock::system();
    let files = &config.files;
    let open = |name| Rolling::open(&files.log_dir, name, &clock, config.time_zone, keep(config));
    let (all, errors) = match folder::create(&files.log_dir)
        .and_then(|()| Ok((open(folder::ALL)?, open(folder::ERRORS)?)))
    {
        Ok((all, errors)) => (Some(all), Some(errors)),
        Err(error) => {
            output::refuse(unwritable(&files.log_dir, &error));
            (None, None)
        }
    };
    let (lines, flush) = writer::start(Sinks { console: Box::new(std::io::stderr()), all, errors });
    let level: LevelFilter = config.log_level.parse().unwrap_or(LevelFilter::INFO);
    let format = tracing_subscriber::fmt::layer()
        .with_writer(lines)
        .with_timer(ClinicTime { clock, zone: config.time_zone })
        .with_ansi(false);
    let layer =
        if config.json_logs { format.json().flatten_event(true).boxed() } else { format.boxed() };
    // A second start (tests) keeps the first.
    let _already_started = tracing_subscriber::registry().with(layer.with_filter(level)).try_init();
    flush
}

/// How many days rotated files are kept.
fn keep(config: &Config) -> Option<Days> {
    let days = config.files.log_retention_days;
    (days > 0).then(|| Days::new(days))
}

fn unwritable(folder: &Path, error: &std::io::Error) -> String {
    format!(
        "Warning: log files cannot be written in {} ({error}); lines go to the console only. Make the folder writable \
         for this user, or name another one in LOG_DIR.",
        folder.display()
    )
}

/// Time stamps as the clinic's clocks show them, with the offset from UTC.
struct ClinicTime {
    clock: Clock,
    zone: Tz,
}

/// The second written last, and its text before and after the milliseconds: lines of one second share it.
#[derive(Default)]
struct Second {
    of: Option<(Tz, i64)>,
    until_seconds: String,
    offset: String,
}

thread_local! {
    static SECOND: RefCell<Second> = RefCell::default();
}

impl FormatTime for ClinicTime {
    fn format_time(&self, line: &mut Writer<'_>) -> std::fmt::Result {
        let now = self.clock.now();
        SECOND.with_borrow_mut(|second| {
            let this = Some((self.zone, now.timestamp()));
            if second.of != this {
                let local = now.with_timezone(&self.zone);
                second.until_seconds = local.format("%Y-%m-%dT%H:%M:%S").to_string();
                second.offset = local.format("%:z").to_string();
                second.of = this;
            }
            let millis = now.timestamp_subsec_millis();
            write!(line, "{}.{millis:03}{}", second.until_seconds, second.offset)
        })
    }
}
