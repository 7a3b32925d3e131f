//! MySQL and MariaDB on threads: each owns one connection; whole transactions are repeated when the engine
//! asks for it (deadlock, lock wait, cluster certification), also at COMMIT.

use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use mysql::prelude::Queryable;
use mysql::{Opts, OptsBuilder};

use super::conn::Driver;
use super::worker::{Read, Write};
use super::{Conn, DbError, DbResult, constraint, explain};

const QUEUE: usize = 4_096;
/// How often a transaction is repeated before it is given up as "busy".
const REPEATS: u32 = 12;

pub(super) enum Job {
    Read(Box<dyn Read>),
    Write(Box<dyn Write>),
}

pub(super) struct Mysql {
    pub(super) options: Opts,
    pub(super) jobs: Sender<Job>,
}

impl Mysql {
    pub(super) fn start(url: &str, connections: usize) -> DbResult<Self> {
        let options = options(url)?;
        let (jobs, waiting) = bounded(QUEUE);
        for number in 0..connections {
            let (options, waiting) = (options.clone(), waiting.clone());
            thread::Builder::new()
                .name(format!("db-{number}"))
                .spawn(move || work_loop(&options, &waiting))
                .map_err(|error| {
                    DbError::Unavailable(format!("no thread for a connection: {error}"))
                })?;
        }
        Ok(Self { options, jobs })
    }
}

pub(super) fn options(url: &str) -> DbResult<Opts> {
    let base = Opts::from_url(url).map_err(|error| DbError::Unavailable(error.to_string()))?;
    let builder = OptsBuilder::from_opts(base)
        .stmt_cache_size(256_usize)
        .tcp_nodelay(true)
        .tcp_connect_timeout(Some(Duration::from_secs(5)))
        .read_timeout(Some(Duration::from_secs(60)))
        .write_timeout(Some(Duration::from_secs(60)))
        .prefer_socket(false)
        // Rows matched, not rows changed: the same meaning as on SQLite.
        .additional_capabilities(mysql::consts::CapabilityFlags::CLIENT_FOUND_ROWS);
    Ok(builder.into())
}

/// The same without a limit on the time that an answer may take.
pub(super) fn unhurried(options: &Opts) -> Opts {
    OptsBuilder::from_opts(options.clone()).read_timeout(None).write_timeout(None).into()
}

/// Opens a connection with this program's session settings.
pub(super) fn open(options: &Opts) -> DbResult<Conn> {
    let mut connection = mysql::Conn::new(options.clone())
        .map_err(|error| DbError::Unavailable(explain::mysql_connect(&error, options)))?;
    connection
        .query_drop(
            "SET NAMES utf8mb4 COLLATE utf8mb4_bin, time_zone = '+00:00', \
             sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', \
             SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        )
        .or_else(|_| {
            // The combined form is MariaDB's; MySQL wants the isolation level on its own.
            connection.query_drop(
                "SET NAMES utf8mb4 COLLATE utf8mb4_bin, time_zone = '+00:00', \
                 sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
            )
        })
        .map_err(|error| constraint::of_mysql(error, "SET"))?;
    connection
        .query_drop("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
        .map_err(|error| constraint::of_mysql(error, "SET"))?;
    // A write that waits longer than this for a row is better repeated or told "busy" than kept for a minute.
    connection
        .query_drop("SET SESSION innodb_lock_wait_timeout = 10")
        .map_err(|error| constraint::of_mysql(error, "SET"))?;
    // MariaDB's default plan for `child JOIN parent ORDER BY child.id LIMIT n` is hundreds of times slower;
    // other servers do not know the variable.
    let _unknown_elsewhere =
        connection.query_drop("SET SESSION optimizer_join_limit_pref_ratio = 100");
    Ok(Conn::new(Driver::Mysql(Box::new(connection))))
}

fn work_loop(options: &Opts, waiting: &Receiver<Job>) {
    let mut connection: Option<Conn> = None;
    while let Ok(job) = waiting.recv() {
        match job {
            Job::Read(mut job) => read(&mut connection, options, job.as_mut()),
            Job::Write(mut job) => write(&mut connection, options, job.as_mut()),
        }
        if connection.as_ref().is_some_and(|conn| conn.is_lost) {
            connection = None;
        }
    }
}

fn connected<'c>(connection: &'c mut Option<Conn>, options: &Opts) -> DbResult<&'c mut Conn> {
    if connection.as_ref().is_some_and(|conn| conn.is_lost) {
        *connection = None;
    }
    match connection {
        Some(conn) => Ok(conn),
        None => Ok(connection.insert(open(options)?)),
    }
}

fn read(connection: &mut Option<Conn>, options: &Opts, job: &mut dyn Read) {
    // A connection that idled may have been closed by the server: once more on a new one.
    for _ in 0..2 {
        match connected(connection, options) {
            Ok(conn) => {
                if !job.run(conn) {
                    return;
                }
            }
            Err(error) => return job.refuse(error),
        }
    }
    job.refuse(DbError::Unavailable("the connection was lost".into()));
}

fn write(connection: &mut Option<Conn>, options: &Opts, job: &mut dyn Write) {
    let mut lost = 0;
    let mut repeats = 0;
    loop {
        let conn = match connected(connection, options) {
            Ok(conn) => conn,
            Err(error) => return job.refuse(error),
        };
        conn.must_repeat = false;
        if conn.batch("START TRANSACTION").is_err() {
            lost += 1;
            if lost > 2 {
                return job.refuse(DbError::Unavailable("the connection was lost".into()));
            }
            conn.is_lost = true;
            continue;
        }
        let keep = job.run(conn);
        if conn.is_lost {
            // Lost before the commit was asked for: the server has rolled back, so it may run again.
            lost += 1;
            if lost > 2 {
                return job.refuse(DbError::Unavailable("the connection was lost".into()));
            }
            continue;
        }
        if conn.must_repeat {
            let _rolled_back = conn.batch("ROLLBACK");
        } else if !keep {
            let _rolled_back = conn.batch("ROLLBACK");
            return job.rolled_back();
        } else {
            match conn.batch("COMMIT") {
                Ok(()) => return job.committed(),
                Err(DbError::Repeat(_)) => {
                    let _rolled_back = conn.batch("ROLLBACK");
                }
                Err(DbError::Unavailable(message)) => return job.refuse(DbError::Unknown(message)),
                Err(error) => {
                    let _rolled_back = conn.batch("ROLLBACK");
                    return job.refuse(error);
                }
            }
        }
        repeats += 1;
        if repeats > REPEATS {
            return job.refuse(DbError::Unavailable("too many conflicting writes".into()));
        }
        thread::sleep(pause(repeats));
    }
}

/// Growing pauses with some spread, so that two that collided do not meet again at once.
fn pause(repeat: u32) -> Duration {
    let mut noise = [0_u8; 1];
    let _none_needed = getrandom::fill(&mut noise);
    let base = 1_u64 << repeat.min(6);
    Duration::from_millis(base + u64::from(noise[0]) % base)
}
