//! The empty place that a backup goes to.
//!
//! SQLite: a file beside the real one, which takes its name when it is whole. MySQL commits around every change of a
//! table's shape, so there a table, made first and dropped last, says that the rest is unfinished; what a failed run
//! made it drops itself, what a killed one left the next removes, and until then no command works on it.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::db::migrate::{ledger, runner};
use crate::db::{self, Conn, DbError, Engine, Location};
use crate::error::{Error, Result};

/// The table that is there while a restore is unfinished.
const MARKER: &str = "restore_unfinished";
const LEDGER: &str = "schema_migrations";

/// Refuses a database that a killed restore left half-filled.
pub fn refuse_half_restored(conn: &mut Conn) -> Result<()> {
    // A SQLite file gets its name only when it is whole.
    if conn.engine() == Engine::Mysql && ledger::table_exists(conn, MARKER)? {
        return Err(Error::Failed(
            "a restore into this database was interrupted; run `manage restore` with that backup again, it removes what \
             is there and begins anew"
                .into(),
        ));
    }
    Ok(())
}

/// The place while it is filled.
pub(super) struct Target {
    /// The connection that fills it.
    pub(super) conn: Conn,
    place: Place,
}

enum Place {
    File { path: PathBuf, stage: PathBuf, _lock: File },
    Server { known: Vec<String> },
}

impl Target {
    /// Makes ready an empty place; `known` are the names of all tables that are ours.
    pub(super) fn begin(
        location: &Location,
        known: &[String],
        told: &mut dyn FnMut(&str),
    ) -> Result<Self> {
        match location {
            Location::File(path) => Self::begin_file(path),
            Location::Server(_) => Self::begin_server(location, known, told),
        }
    }

    fn begin_file(path: &Path) -> Result<Self> {
        if path.exists() {
            refuse_used(path)?;
        }
        let stage = beside(path, ".restoring");
        let failed = |error: io::Error| Error::failed(&stage.display().to_string(), error);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let lock = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .mode(0o600)
            .open(&stage)
            .map_err(failed)?;
        if lock.try_lock().is_err() {
            return Err(Error::Failed(format!(
                "another restore into {} is running",
                path.display()
            )));
        }
        // What a killed run left there.
        lock.set_len(0).map_err(failed)?;
        remove_companions(&stage).map_err(failed)?;
        let conn = db::open(&Location::File(stage.clone()))?;
        Ok(Self { conn, place: Place::File { path: path.to_owned(), stage, _lock: lock } })
    }

    fn begin_server(
        location: &Location,
        known: &[String],
        told: &mut dyn FnMut(&str),
    ) -> Result<Self> {
        let mut conn = db::open(location)?;
        runner::lock(&mut conn)?;
        let is_left_over = ledger::table_exists(&mut conn, MARKER)?;
        let tables = tables(&mut conn)?;
        if let Some(foreign) = tables.iter().find(|table| !is_ours(table, known)) {
            return Err(used(&format!("it has a table {foreign}, which is not this program's")));
        }
        if is_left_over {
            told("an earlier restore was interrupted; what it left is removed");
        } else {
            refuse_rows(&mut conn, &tables)?;
        }
        drop_all(&mut conn, &tables)?;
        conn.batch(&format!("CREATE TABLE {MARKER} (id INT NOT NULL PRIMARY KEY)"))?;
        Ok(Self { conn, place: Place::Server { known: known.to_vec() } })
    }

    /// Everything is there and right: from now on it is the database.
    pub(super) fn finish(self) -> Result<()> {
        let mut conn = self.conn;
        match self.place {
            Place::File { path, stage, _lock } => {
                // One file again, without a log beside it.
                conn.one::<String>("PRAGMA journal_mode = DELETE", &[])?;
                drop(conn);
                let put = || -> io::Result<()> {
                    File::open(&stage)?.sync_all()?;
                    remove_companions(&path)?;
                    fs::rename(&stage, &path)?;
                    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                        Some(folder) => File::open(folder)?.sync_all(),
                        None => Ok(()),
                    }
                };
                put().map_err(|error| Error::failed(&path.display().to_string(), error))
            }
            Place::Server { .. } => {
                conn.batch(&format!("DROP TABLE {MARKER}"))?;
                runner::unlock(&mut conn);
                Ok(())
            }
        }
    }

    /// It did not succeed: nothing of it stays.
    pub(super) fn undo(self) -> Result<()> {
        let mut conn = self.conn;
        match self.place {
            Place::File { stage, .. } => {
                drop(conn);
                let remove = || -> io::Result<()> {
                    remove_companions(&stage)?;
                    fs::remove_file(&stage)
                };
                remove().map_err(|error| Error::failed(&stage.display().to_string(), error))
            }
            Place::Server { known } => {
                let _none_may_be_open = conn.batch("ROLLBACK");
                let mut remove = || -> Result<()> {
                    let mut tables = tables(&mut conn)?;
                    tables.retain(|table| is_ours(table, &known) && table != MARKER);
                    drop_all(&mut conn, &tables)?;
                    conn.batch(&format!("DROP TABLE {MARKER}"))?;
                    Ok(())
                };
                remove().map_err(|error| {
                    Error::Failed(format!(
                        "the restore failed, and what it made could not be removed ({error}); run it again, it begins \
                         with that"
                    ))
                })
            }
        }
    }
}

/// A file that is there must have no rows, and nobody may have it open.
fn refuse_used(path: &Path) -> Result<()> {
    let mut conn = db::open(&Location::File(path.to_owned()))?;
    let tables = tables(&mut conn)?;
    refuse_rows(&mut conn, &tables)?;
    // The mode of the log can be changed only by whoever is alone with the file.
    let alone = conn
        .batch("PRAGMA busy_timeout = 0")
        .and_then(|()| conn.one::<String>("PRAGMA journal_mode = DELETE", &[]));
    match alone {
        Ok(mode) if mode == "delete" => Ok(()),
        Ok(_) | Err(DbError::Unavailable(_)) => Err(Error::Failed(format!(
            "{} is in use by another process; stop the program first",
            path.display()
        ))),
        Err(error) => Err(error.into()),
    }
}

fn refuse_rows(conn: &mut Conn, tables: &[String]) -> Result<()> {
    for table in tables.iter().filter(|table| *table != LEDGER) {
        let quote = if conn.engine() == Engine::Mysql { '`' } else { '"' };
        if conn.exists(&format!("SELECT 1 FROM {quote}{table}{quote} LIMIT 1"), &[])? {
            return Err(used(&format!("{table} has rows")));
        }
    }
    Ok(())
}

fn used(what: &str) -> Error {
    Error::Failed(format!(
        "a backup is restored into an empty database only, and this one is not empty ({what}): name another in \
         DATABASE_URL (`manage createdb` makes it), or move the SQLite file away"
    ))
}

fn tables(conn: &mut Conn) -> Result<Vec<String>> {
    let sql = match conn.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        }
        Engine::Mysql => {
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name"
        }
    };
    Ok(conn.rows(sql, &[], |row| row.at(0))?)
}

fn is_ours(table: &str, known: &[String]) -> bool {
    table == LEDGER || table == MARKER || known.iter().any(|name| name == table)
}

/// The marker goes last.
fn drop_all(conn: &mut Conn, tables: &[String]) -> Result<()> {
    conn.batch("SET SESSION foreign_key_checks = 0")?;
    let rest = tables.iter().filter(|table| *table != MARKER);
    let marker = tables.iter().filter(|table| *table == MARKER);
    for table in rest.chain(marker) {
        conn.batch(&format!("DROP TABLE `{table}`"))?;
    }
    conn.batch("SET SESSION foreign_key_checks = 1")?;
    Ok(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The files that SQLite keeps beside a database.
fn remove_companions(path: &Path) -> io::Result<()> {
    for ending in ["-wal", "-shm", "-journal"] {
        match fs::remove_file(beside(path, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
