//! What the database threads carry: closures with somebody waiting for their answer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::tx::{Tx, WriteContext};
use super::{Conn, DbError};
use crate::error::{Error, Result};

/// A read waiting for a connection.
pub(super) trait Read: Send {
    /// Runs it. `true` if the connection was lost and it wants another.
    fn run(&mut self, conn: &mut Conn) -> bool;
    /// Answers that it cannot be done.
    fn refuse(&mut self, error: DbError);
}

pub(super) struct ReadJob<T, F> {
    pub(super) work: F,
    pub(super) reply: Option<oneshot::Sender<Result<T>>>,
}

impl<T: Send, F: Fn(&mut Conn) -> Result<T> + Send> Read for ReadJob<T, F> {
    fn run(&mut self, conn: &mut Conn) -> bool {
        if self.reply.as_ref().is_none_or(oneshot::Sender::is_closed) {
            return false; // nobody waits any more
        }
        let outcome = guarded(|| (self.work)(conn));
        if conn.is_lost && outcome.is_err() {
            return true;
        }
        send(&mut self.reply, outcome);
        false
    }

    fn refuse(&mut self, error: DbError) {
        send(&mut self.reply, Err(Error::Db(error)));
    }
}

/// A write waiting for its turn.
pub(super) trait Write: Send {
    /// Runs it inside a begun transaction or savepoint; `false` means roll back.
    fn run(&mut self, conn: &mut Conn) -> bool;
    /// The transaction is durable: runs what was kept for then, and answers.
    fn committed(&mut self);
    /// Answers the error it ended with itself.
    fn rolled_back(&mut self);
    /// Answers an error of the whole transaction.
    fn refuse(&mut self, error: DbError);
    /// Whether it must not share its transaction with others.
    fn is_alone(&self) -> bool;
}

pub(super) struct WriteJob<T, F> {
    pub(super) work: F,
    pub(super) context: WriteContext,
    pub(super) is_alone: bool,
    pub(super) outcome: Option<Result<T>>,
    pub(super) after_commit: Vec<Box<dyn FnOnce() + Send>>,
    pub(super) reply: Option<oneshot::Sender<Result<T>>>,
}

impl<T: Send, F: Fn(&mut Tx<'_>) -> Result<T> + Send> Write for WriteJob<T, F> {
    fn run(&mut self, conn: &mut Conn) -> bool {
        let (outcome, hooks) = {
            let mut tx = Tx::new(conn, &self.context);
            let outcome = guarded(|| (self.work)(&mut tx));
            match outcome {
                Ok(value) => match tx.settle() {
                    Ok(hooks) => (Ok(value), hooks),
                    Err(error) => (Err(Error::Db(error)), Vec::new()),
                },
                Err(error) => (Err(error), Vec::new()),
            }
        };
        let kept = outcome.is_ok();
        self.outcome = Some(outcome);
        self.after_commit = hooks;
        kept
    }

    fn committed(&mut self) {
        for hook in self.after_commit.drain(..) {
            if catch_unwind(AssertUnwindSafe(hook)).is_err() {
                tracing::error!("a hook after commit panicked");
            }
        }
        self.rolled_back();
    }

    fn rolled_back(&mut self) {
        if let Some(outcome) = self.outcome.take() {
            send(&mut self.reply, outcome);
        }
    }

    fn refuse(&mut self, error: DbError) {
        send(&mut self.reply, Err(Error::Db(error)));
    }

    fn is_alone(&self) -> bool {
        self.is_alone
    }
}

fn send<T>(reply: &mut Option<oneshot::Sender<Result<T>>>, outcome: Result<T>) {
    if let Some(reply) = reply.take() {
        // A client that hung up does not matter: what was done is done.
        let _nobody_waits = reply.send(outcome);
    }
}

/// Runs a closure; a panic in it is an error like others.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Error::Failed("a database closure panicked".to_owned())))
}
