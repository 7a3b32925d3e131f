//! The database: one face for SQLite and MySQL/MariaDB. Async at the edge, plain functions inside.
//!
//! [`Db::read`] runs a closure on a reader thread; [`Db::write`] runs one in a transaction: `Ok` commits, `Err` rolls
//! back. A closure may run again (deadlock, lost connection), so it captures values and touches nothing
//! outside; what must happen once goes through [`Tx::after_commit`]. What lives here knows no table of the
//! program's, except the bookkeeping ones in `system`.

pub mod changes;
pub mod conn;
pub mod constraint;
pub mod ddl;
pub mod error;
mod explain;
pub mod filter;
pub mod migrate;
pub mod mysql;
pub mod page;
pub mod row;
pub mod schema;
pub mod search;
pub mod server;
pub mod slow;
pub mod sqlite;
pub mod state;
pub mod system;
pub mod table;
#[cfg(test)]
mod tests;
pub mod tx;
mod upkeep;
pub mod value;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc, oneshot};

pub use changes::Changes;
pub use conn::Conn;
pub use constraint::Violation;
pub use error::{DbError, DbResult};
pub use filter::Filter;
pub use page::{Listing, Page, PageRequest};
pub use row::Row;
pub use table::{Column, Index, Kind, OnDelete, Table, Unique};
pub use tx::{Tx, WriteContext};
pub use value::{Fixed, FromValue, Mismatch, Raw, Value};

use crate::error::{Error, Result};
use worker::{ReadJob, WriteJob};

/// The two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// MySQL, MariaDB and what speaks their protocol.
    Mysql,
}

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    File(PathBuf),
    /// A MySQL URL with credentials.
    Server(String),
}

/// Streams that may run at once; each has a connection of its own, so a slow client holds up nobody.
const STREAMS: usize = 8;
/// Chunks of a stream in flight: a slow client slows the reader, never memory.
const STREAM_CHUNKS: usize = 16;

/// The database, cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    backend: Backend,
    streams: Arc<Semaphore>,
}

enum Backend {
    Sqlite(sqlite::Sqlite),
    Mysql(mysql::Mysql),
}

impl Db {
    /// Starts the worker threads. A MySQL server need not be up yet: each request asks anew.
    pub fn start(location: &Location, connections: usize) -> DbResult<Self> {
        let backend = match location {
            Location::File(path) => Backend::Sqlite(sqlite::Sqlite::start(path, connections)?),
            Location::Server(url) => Backend::Mysql(mysql::Mysql::start(url, connections)?),
        };
        Ok(Self(Arc::new(Inner { backend, streams: Arc::new(Semaphore::new(STREAMS)) })))
    }

    /// Which engine it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.0.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Mysql(_) => Engine::Mysql,
        }
    }

    /// Runs `work` on a connection and answers what it answers.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.enqueue_read(work)?.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Runs a short read, bounded by a page of rows and its indexes. On SQLite it runs where it is: handing it to
    /// another thread and back would cost more than the read. A server is asked on its connections' threads.
    pub async fn read_short<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        match &self.0.backend {
            Backend::Sqlite(sqlite) => sqlite.read_here(&work),
            Backend::Mysql(_) => self.read(work).await,
        }
    }

    /// The same as [`Self::read`] for callers without an async runtime: commands and tests.
    pub fn read_blocking<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.enqueue_read(work)?.blocking_recv().unwrap_or_else(|_| Err(stopped()))
    }

    /// Runs `work` in one transaction: `Ok` commits, `Err` rolls back.
    pub async fn write<T, F>(&self, context: WriteContext, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.enqueue_write(context, work, false)?.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// The same for callers without an async runtime. A long write is `alone`: it shares its commit with
    /// nobody.
    pub fn write_blocking<T, F>(&self, context: WriteContext, alone: bool, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.enqueue_write(context, work, alone)?.blocking_recv().unwrap_or_else(|_| Err(stopped()))
    }

    /// Runs `work` on a connection of its own; what it sends arrives in order, as the receiver takes it. When as many
    /// streams run as may, it waits for its turn.
    pub async fn stream<T, F>(&self, work: F) -> Result<mpsc::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, &mut dyn FnMut(T) -> bool) -> Result<()> + Send + 'static,
    {
        let turn = Arc::clone(&self.0.streams).acquire_owned().await.map_err(|_| stopped())?;
        let (chunks, receiver) = mpsc::channel(STREAM_CHUNKS);
        let db = self.clone();
        std::thread::Builder::new()
            .name("db-stream".to_owned())
            .spawn(move || {
                let outcome = db.connect().map_err(Error::Db).and_then(|mut conn| {
                    work(&mut conn, &mut |chunk| chunks.blocking_send(Ok(chunk)).is_ok())
                });
                drop(turn);
                if let Err(error) = outcome {
                    let _client_gone = chunks.blocking_send(Err(error));
                }
            })
            .map_err(|error| Error::failed("no thread for a stream", error))?;
        Ok(receiver)
    }

    /// Opens a connection outside the pool that waits for an answer as long as it takes: a change of a large
    /// table takes minutes.
    pub fn connect_unhurried(&self) -> DbResult<Conn> {
        match &self.0.backend {
            Backend::Sqlite(sqlite) => sqlite::open(&sqlite.path, true),
            Backend::Mysql(mysql) => mysql::open(&mysql::unhurried(&mysql.options)),
        }
    }

    /// Opens a connection outside the pool, for long reads.
    pub fn connect(&self) -> DbResult<Conn> {
        match &self.0.backend {
            Backend::Sqlite(sqlite) => sqlite::open(&sqlite.path, true),
            Backend::Mysql(mysql) => mysql::open(&mysql.options),
        }
    }

    fn enqueue_read<T, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (reply, receiver) = oneshot::channel();
        let job = Box::new(ReadJob { work, reply: Some(reply) });
        let accepted = match &self.0.backend {
            Backend::Sqlite(sqlite) => sqlite.reads.try_send(job).is_ok(),
            Backend::Mysql(mysql) => mysql.jobs.try_send(mysql::Job::Read(job)).is_ok(),
        };
        if accepted { Ok(receiver) } else { Err(busy()) }
    }

    fn enqueue_write<T, F>(
        &self,
        context: WriteContext,
        work: F,
        is_alone: bool,
    ) -> Result<oneshot::Receiver<Result<T>>>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (reply, receiver) = oneshot::channel();
        let job = Box::new(WriteJob {
            work,
            context,
            is_alone,
            outcome: None,
            after_commit: Vec::new(),
            reply: Some(reply),
        });
        let accepted = match &self.0.backend {
            Backend::Sqlite(sqlite) => sqlite.writes.try_send(job).is_ok(),
            Backend::Mysql(mysql) => mysql.jobs.try_send(mysql::Job::Write(job)).is_ok(),
        };
        if accepted { Ok(receiver) } else { Err(busy()) }
    }
}

/// Opens one connection without starting anything else, for commands that only look.
pub fn open(location: &Location) -> DbResult<Conn> {
    match location {
        Location::File(path) => sqlite::open(path, true),
        Location::Server(url) => mysql::open(&mysql::options(url)?),
    }
}

fn busy() -> Error {
    Error::Db(DbError::Unavailable("too many requests are waiting".into()))
}

fn stopped() -> Error {
    Error::Db(DbError::Unavailable("the program is stopping".into()))
}
