//! Messages to people. They are posted after a commit and delivered on a thread of their own: no transaction waits for
//! them, and one that cannot be delivered is told in the log, never to the client.

mod draft;
mod file;
mod message;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use crossbeam_channel::{Sender, TrySendError, bounded};
use lettre::message::Mailbox;
use parking_lot::Mutex;

use crate::clock::Clock;
use crate::config::{Mail, MailBackend};
use crate::error::{Error, Result};
use crate::manage::output;
use crate::types::time::Moment;

pub use draft::Draft;

/// Messages that may wait for delivery; more are dropped and told in the log.
const WAITING: usize = 1_000;

/// A message as its recipient reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same for programs that show pages.
    pub html: String,
}

/// Takes messages and delivers them; cheap to clone.
#[derive(Clone, Debug)]
pub struct Mailer(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: Mail,
    clock: Clock,
    kept: Mutex<Vec<Letter>>,
    carrier: OnceLock<Option<Carrier>>,
}

/// The thread that delivers.
#[derive(Debug)]
struct Carrier {
    letters: Option<Sender<(Letter, Moment)>>,
    thread: Option<JoinHandle<()>>,
}

impl Mailer {
    /// A mailer of these settings. Its thread starts with the first message.
    #[must_use]
    pub fn new(settings: Mail, clock: Clock) -> Self {
        let (kept, carrier) = (Mutex::default(), OnceLock::new());
        Self(Arc::new(Inner { settings, clock, kept, carrier }))
    }

    /// Takes a message; never fails and never waits.
    pub fn post(&self, letter: Letter) {
        let inner = &self.0;
        if inner.settings.backend == MailBackend::Memory {
            inner.kept.lock().push(letter);
            return;
        }
        let carrier = inner.carrier.get_or_init(|| Carrier::start(&inner.settings));
        let letters = carrier.as_ref().and_then(|carrier| carrier.letters.as_ref());
        let outcome = letters.map(|letters| letters.try_send((letter, inner.clock.now())));
        match outcome {
            Some(Ok(())) => {}
            Some(Err(TrySendError::Full(_))) => {
                tracing::error!("too many messages wait for delivery; one was dropped");
            }
            Some(Err(TrySendError::Disconnected(_))) | None => {
                tracing::error!("a message was dropped: nobody delivers");
            }
        }
    }

    /// What the memory back end took so far.
    #[must_use]
    pub fn kept(&self) -> Vec<Letter> {
        self.0.kept.lock().clone()
    }
}

impl Carrier {
    fn start(settings: &Mail) -> Option<Self> {
        let (letters, waiting) = bounded::<(Letter, Moment)>(WAITING);
        let way = Way { folder: folder(settings), from: settings.from.clone() };
        let work = move || {
            for (letter, at) in waiting {
                if let Err(error) = way.deliver(&letter, at) {
                    // Without the address: the log is read by others than those who may know it.
                    tracing::error!(reason = %error, "a message could not be delivered");
                }
            }
        };
        match std::thread::Builder::new().name("mail".to_owned()).spawn(work) {
            Ok(thread) => Some(Self { letters: Some(letters), thread: Some(thread) }),
            Err(error) => {
                tracing::error!(reason = %error, "no thread for messages");
                None
            }
        }
    }
}

impl Drop for Carrier {
    /// What waits is delivered first.
    fn drop(&mut self) {
        self.letters = None;
        if let Some(thread) = self.thread.take() {
            let _it_told_in_the_log = thread.join();
        }
    }
}

fn folder(settings: &Mail) -> Option<PathBuf> {
    (settings.backend == MailBackend::File).then(|| settings.file_path.clone())
}

/// How messages leave.
struct Way {
    folder: Option<PathBuf>,
    from: Mailbox,
}

impl Way {
    fn deliver(&self, letter: &Letter, at: Moment) -> Result<()> {
        if let Some(folder) = &self.folder {
            return file::write(folder, &message::of(letter, &self.from, at)?, at);
        }
        let Letter { to, subject, text, .. } = letter;
        let line = "-".repeat(79);
        output::line(format!(
            "From: {}\nTo: {to}\nSubject: {subject}\n\n{text}\n{line}",
            self.from
        ));
        Ok(())
    }
}

fn failed(context: &str, error: impl std::fmt::Display) -> Error {
    Error::failed(context, error)
}

#[cfg(test)]
mod tests;
