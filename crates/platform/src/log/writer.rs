//! The thread that log lines leave on: a request never waits for a disk, and no line is dropped.
//!
//! Lines are gathered in one buffer that the thread empties as a whole: under load one write carries hundreds of
//! them, and waking the thread is not paid for each.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

use super::rolling::Rolling;

/// Bytes that may wait; a program that logs faster than its console takes them waits for it.
const WAITING: usize = 4 * 1024 * 1024;
/// How long the first line of a batch waits for company: not long enough to be seen by whoever follows the file.
const COMPANY: Duration = Duration::from_millis(10);

/// Where lines go.
pub(super) struct Sinks {
    pub(super) console: Box<dyn Write + Send>,
    pub(super) all: Option<Rolling>,
    pub(super) errors: Option<Rolling>,
}

/// Lines that wait to be written.
#[derive(Default)]
struct Batch {
    all: Vec<u8>,
    /// The errors among them, once more.
    errors: Vec<u8>,
    is_stopping: bool,
}

#[derive(Default)]
struct Shared {
    batch: Mutex<Batch>,
    /// Something waits.
    filled: Condvar,
    /// There is room again.
    emptied: Condvar,
}

impl Shared {
    fn batch(&self) -> MutexGuard<'_, Batch> {
        self.batch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the writer of each line.
pub(super) struct Lines(Arc<Shared>);

/// Writes what is still waiting when it goes.
pub struct Flush {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// Starts the thread; without one each line goes straight to the console.
pub(super) fn start(sinks: Sinks) -> (Lines, Flush) {
    let shared = Arc::new(Shared::default());
    let theirs = Arc::clone(&shared);
    let thread = std::thread::Builder::new()
        .name("log".to_owned())
        .spawn(move || write_all(sinks, &theirs))
        .ok();
    shared.batch().is_stopping = thread.is_none();
    (Lines(Arc::clone(&shared)), Flush { shared, thread })
}

fn write_all(mut sinks: Sinks, shared: &Shared) {
    let mut is_failing = false;
    loop {
        let mut batch = shared
            .filled
            .wait_while(shared.batch(), |batch| batch.all.is_empty() && !batch.is_stopping)
            .unwrap_or_else(PoisonError::into_inner);
        if !batch.is_stopping {
            let waited = shared.filled.wait_timeout_while(batch, COMPANY, |batch| {
                batch.all.len() < WAITING && !batch.is_stopping
            });
            batch = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let (all, errors) = (std::mem::take(&mut batch.all), std::mem::take(&mut batch.errors));
        let is_stopping = batch.is_stopping;
        drop(batch);
        shared.emptied.notify_all();
        // A console that was closed is no reason to stop.
        let _console_may_be_closed = sinks.console.write_all(&all);
        match to_files(&mut sinks, &all, &errors) {
            Ok(()) => is_failing = false,
            Err(error) if !is_failing => {
                is_failing = true;
                let _console_may_be_closed = writeln!(
                    sinks.console,
                    "Warning: the log files cannot be written ({error}); lines go to the console only until they can."
                );
            }
            Err(_) => {}
        }
        if is_stopping {
            break;
        }
    }
    let _console_may_be_closed = sinks.console.flush();
}

/// Both turn at midnight, also when the day had no error yet.
fn to_files(sinks: &mut Sinks, all: &[u8], errors: &[u8]) -> io::Result<()> {
    let all = sinks.all.as_mut().map_or(Ok(()), |file| file.write(all));
    let errors = match &mut sinks.errors {
        Some(file) if !errors.is_empty() => file.write(errors),
        Some(file) => file.turn(),
        None => Ok(()),
    };
    all.and(errors)
}

impl Drop for Flush {
    fn drop(&mut self) {
        self.shared.batch().is_stopping = true;
        self.shared.filled.notify_all();
        self.shared.emptied.notify_all();
        if let Some(thread) = self.thread.take() {
            let _wrote_what_it_could = thread.join();
        }
    }
}

/// One line, as the formatter writes it: in one piece.
pub(super) struct Line<'a> {
    shared: &'a Shared,
    is_error: bool,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut batch = self
            .shared
            .emptied
            .wait_while(self.shared.batch(), |batch| {
                batch.all.len() >= WAITING && !batch.is_stopping
            })
            .unwrap_or_else(PoisonError::into_inner);
        if batch.is_stopping {
            // Nobody empties the buffer any more.
            drop(batch);
            io::stderr().write_all(bytes)?;
            return Ok(bytes.len());
        }
        let is_first = batch.all.is_empty();
        batch.all.extend_from_slice(bytes);
        if self.is_error {
            batch.errors.extend_from_slice(bytes);
        }
        let is_full = batch.all.len() >= WAITING;
        drop(batch);
        if is_first || is_full {
            self.shared.filled.notify_one();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line { shared: &self.0, is_error: false }
    }

    fn make_writer_for(&'a self, metadata: &Metadata<'_>) -> Line<'a> {
        Line { shared: &self.0, is_error: *metadata.level() == Level::ERROR }
    }
}
