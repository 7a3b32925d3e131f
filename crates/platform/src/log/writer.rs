//! The thread that log lines leave on: a request never waits for a disk, and no line is dropped.

use std::io::{self, Write};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded};
use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

use super::rolling::Rolling;

/// Lines that may wait; a program that logs faster than its console takes them waits for it.
const WAITING: usize = 16_384;

/// Where lines go.
pub(super) struct Sinks {
    pub(super) console: Box<dyn Write + Send>,
    pub(super) all: Option<Rolling>,
    pub(super) errors: Option<Rolling>,
}

enum Message {
    Line { is_error: bool, bytes: Vec<u8> },
    Stop,
}

/// Makes the writer of each line.
pub(super) struct Lines(Sender<Message>);

/// Writes what is still waiting when it goes.
pub struct Flush {
    sender: Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

/// Starts the thread.
pub(super) fn start(sinks: Sinks) -> (Lines, Flush) {
    let (sender, receiver) = bounded(WAITING);
    let thread = std::thread::Builder::new()
        .name("log".to_owned())
        .spawn(move || write_all(sinks, &receiver))
        // Without the thread nobody receives, and each line goes straight to the console.
        .ok();
    (Lines(sender.clone()), Flush { sender, thread })
}

fn write_all(mut sinks: Sinks, messages: &Receiver<Message>) {
    let mut is_failing = false;
    let mut is_stopping = false;
    loop {
        // After the word to stop only what is there already; others may still be logging.
        let message = if is_stopping { messages.try_recv().ok() } else { messages.recv().ok() };
        match message {
            Some(Message::Line { is_error, bytes }) => {
                // A console that was closed is no reason to stop.
                let _console_may_be_closed = sinks.console.write_all(&bytes);
                match to_files(&mut sinks, is_error, &bytes) {
                    Ok(()) => is_failing = false,
                    Err(error) if !is_failing => {
                        is_failing = true;
                        let _console_may_be_closed = writeln!(
                            sinks.console,
                            "Warning: the log files cannot be written ({error}); lines go to the console only until \
                             they can."
                        );
                    }
                    Err(_) => {}
                }
            }
            Some(Message::Stop) => is_stopping = true,
            None => break,
        }
    }
    let _console_may_be_closed = sinks.console.flush();
}

/// Both turn at midnight, also when the day had no error yet.
fn to_files(sinks: &mut Sinks, is_error: bool, line: &[u8]) -> io::Result<()> {
    let all = sinks.all.as_mut().map_or(Ok(()), |all| all.write(line));
    let errors = match &mut sinks.errors {
        Some(errors) if is_error => errors.write(line),
        Some(errors) => errors.turn(),
        None => Ok(()),
    };
    all.and(errors)
}

impl Drop for Flush {
    fn drop(&mut self) {
        if self.sender.send(Message::Stop).is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _wrote_what_it_could = thread.join();
        }
    }
}

/// One line, as the formatter writes it: in one piece.
pub(super) struct Line<'a> {
    lines: &'a Lines,
    is_error: bool,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let message = Message::Line { is_error: self.is_error, bytes: bytes.to_vec() };
        if self.lines.0.send(message).is_err() {
            io::stderr().write_all(bytes)?;
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
        Line { lines: self, is_error: false }
    }

    fn make_writer_for(&'a self, metadata: &Metadata<'_>) -> Line<'a> {
        Line { lines: self, is_error: *metadata.level() == Level::ERROR }
    }
}
