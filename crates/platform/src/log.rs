//! Log lines: structured, without personal data, written on a thread of their own.

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Config;

/// Starts logging to the console; lines still waiting are written when the guard goes.
pub fn start(config: &Config) -> WorkerGuard {
    // Lossless: a line that explains a failure must not be the one dropped.
    let (writer, guard) = NonBlockingBuilder::default().lossy(false).finish(std::io::stderr());
    let level: LevelFilter = config.log_level.parse().unwrap_or(LevelFilter::INFO);
    let format = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false);
    let layer =
        if config.json_logs { format.json().flatten_event(true).boxed() } else { format.boxed() };
    // A second start (tests) keeps the first.
    let _already_started = tracing_subscriber::registry().with(layer.with_filter(level)).try_init();
    guard
}
