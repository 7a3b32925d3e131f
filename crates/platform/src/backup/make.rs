//! Takes a backup: one consistent view of the database, streamed; then the uploads; read back before it gets its name.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::ops::ControlFlow;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::archive::{self, MOST_IN_MEMORY, Writer};
use super::manifest::{Content, Counted, FORMAT, Manifest};
use super::restore::refuse_half_restored;
use super::tables::{self, TableShape};
use super::{LEFT_OUT, folder, rows, uploads};
use crate::app::App;
use crate::db::migrate::{adopt, runner};
use crate::db::{Conn, Engine};
use crate::error::{Error, Result};
use crate::params;
use crate::types::time;

/// Rows are written in pieces of about this size: a member's size stands before it, and memory stays small.
const PIECE: usize = 1 << 20;

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A folder, or the file itself; none means BACKUP_DIR.
    pub output: Option<PathBuf>,
    /// How many backups stay in the folder, this one among them; none removes nothing.
    pub keep: Option<usize>,
    /// Leaves the uploads out.
    pub no_uploads: bool,
}

/// What was done.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// What is in it.
    pub manifest: Manifest,
    /// Older backups that went.
    pub removed: Vec<PathBuf>,
}

/// Takes a backup.
pub fn make(app: &App, options: &Options) -> Result<Summary> {
    let (folder, path) = place(app, options.output.as_deref())?;
    let told = |context: &str, error: io::Error| {
        Error::Failed(format!("the backup cannot be {context} in {}: {error}", folder.display()))
    };
    folder::remove_unfinished(&folder).map_err(|error| told("prepared", error))?;
    let unfinished = Unfinished::begin(&path).map_err(|error| told("begun", error))?;
    let file = unfinished.file.try_clone().map_err(|error| told("begun", error))?;
    write(app, options, Writer::new(file))?;
    // What cannot be read back is no backup.
    let checked = archive::check(&unfinished.path)?;
    unfinished.finish(&folder, &path).map_err(|error| told("named", error))?;
    let removed = match options.keep {
        Some(keep) => folder::keep_newest(&folder, keep.max(1))
            .map_err(|error| told("followed by the removal of older ones", error))?,
        None => Vec::new(),
    };
    Ok(Summary { path, bytes: checked.bytes, manifest: checked.manifest, removed })
}

/// The folder, made if need be, and the file in it.
fn place(app: &App, output: Option<&Path>) -> Result<(PathBuf, PathBuf)> {
    let config = app.config();
    let name = folder::name(app.clock().now(), config.time_zone);
    let output = match output {
        Some(output) => config.folder.join(output),
        None => config.files.backup_dir.clone(),
    };
    let is_file = !output.is_dir() && output.to_string_lossy().ends_with(".tar.gz");
    let (folder, path) = match output.parent() {
        Some(parent) if is_file => (parent.to_owned(), output),
        _ => (output.clone(), output.join(name)),
    };
    // Whole medical records: nobody else looks in.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(|error| {
        Error::Failed(format!(
            "the folder {} cannot be made ({error}); name another with --output or BACKUP_DIR",
            folder.display()
        ))
    })?;
    if path.exists() {
        return Err(Error::Failed(format!(
            "{} is there already; a backup never replaces a file",
            path.display()
        )));
    }
    Ok((folder, path))
}

/// A file under its temporary name; it goes with this unless it is finished.
struct Unfinished {
    path: PathBuf,
    file: File,
    is_finished: bool,
}

impl Unfinished {
    fn begin(finished: &Path) -> io::Result<Self> {
        let path = folder::unfinished(finished);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        // Says to other runs that it is being written.
        file.lock()?;
        Ok(Self { path, file, is_finished: false })
    }

    fn finish(mut self, folder: &Path, finished: &Path) -> io::Result<()> {
        fs::rename(&self.path, finished)?;
        self.is_finished = true;
        File::open(folder)?.sync_all()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_finished {
            let _the_next_run_removes_it = fs::remove_file(&self.path);
        }
    }
}

fn write(app: &App, options: &Options, mut writer: Writer) -> Result<()> {
    let mut conn = app.db().connect()?;
    // Nobody may change the tables' shapes meanwhile.
    runner::lock(&mut conn)?;
    refuse_half_restored(&mut conn)?;
    adopt::refuse_unfinished(&mut conn)?;
    begin_view(&mut conn)?;
    let applied = tables::applied(&mut conn, &app.migrations()?)?;
    if applied.is_empty() {
        return Err(Error::Failed(
            "the database has no tables yet: there is nothing to back up; run `manage migrate` first".into(),
        ));
    }
    let mut counted = Vec::new();
    for shape in tables::shapes(&applied)? {
        counted.push(write_table(&mut conn, &mut writer, shape)?);
    }
    conn.batch("COMMIT")?;
    runner::unlock(&mut conn);
    let uploads = if options.no_uploads {
        None
    } else {
        Some(uploads::append(&mut writer, &app.config().files.media_root)?)
    };
    let manifest = Manifest {
        format: FORMAT,
        program: app.program().name.to_owned(),
        version: app.program().version.to_owned(),
        engine: match conn.engine() {
            Engine::Sqlite => "sqlite".to_owned(),
            Engine::Mysql => "mysql".to_owned(),
        },
        created_at: time::stored_moment(app.clock().now()),
        migrations: applied.iter().map(|migration| tables::named(migration)).collect(),
        tables: counted,
        left_out: LEFT_OUT.iter().map(ToString::to_string).collect(),
        uploads,
        members: std::mem::take(&mut writer.members),
    };
    writer.finish(&manifest)
}

/// From here to the COMMIT every statement sees the same moment, whoever writes meanwhile.
fn begin_view(conn: &mut Conn) -> Result<()> {
    match conn.engine() {
        Engine::Sqlite => {
            conn.batch("BEGIN")?;
            // The view is of the moment of the first read.
            conn.one::<i64>("SELECT COUNT(*) FROM sqlite_master", &[])?;
        }
        Engine::Mysql => {
            conn.batch("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
            // A slow disk here is no reason for the server to give up on its side.
            conn.batch("SET SESSION net_write_timeout = 600")?;
            // MySQL tells counters of hours ago otherwise; MariaDB always tells the present ones.
            let _unknown_to_mariadb = conn.batch("SET SESSION information_schema_stats_expiry = 0");
            conn.batch("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")?;
        }
    }
    Ok(())
}

fn write_table(conn: &mut Conn, writer: &mut Writer, shape: TableShape) -> Result<Counted> {
    let next_id = next_id(conn, &shape)?;
    let sql = format!(
        "SELECT {} FROM {} ORDER BY {}",
        shape.column_list(),
        shape.name,
        shape.key.join(", ")
    );
    let mut piece: Vec<u8> = Vec::with_capacity(PIECE + (PIECE >> 2));
    let (mut rows, mut pieces) = (0, 0_u64);
    let mut failed = None;
    let mut flush = |piece: &mut Vec<u8>| -> Result<()> {
        pieces += 1;
        let name = format!("data/{}.{pieces:05}.jsonl", shape.name);
        let (bytes, content) = (piece.len() as u64, Content::Table(shape.name.clone()));
        if bytes > MOST_IN_MEMORY {
            return Err(Error::Failed(format!(
                "a row of {} is too large for a backup",
                shape.name
            )));
        }
        writer.append(name, bytes, content, piece.as_slice()).map_err(unwritten)?;
        piece.clear();
        Ok(())
    };
    conn.each(&sql, &[], |row| {
        rows::write(row, &shape, &mut piece)?;
        rows += 1;
        if piece.len() >= PIECE
            && let Err(error) = flush(&mut piece)
        {
            failed = Some(error);
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if failed.is_none() && !piece.is_empty() {
        flush(&mut piece)?;
    }
    match failed {
        Some(error) => Err(error),
        None => Ok(Counted { shape, rows, next_id }),
    }
}

fn unwritten(error: io::Error) -> Error {
    Error::failed("the backup cannot be written", error)
}

/// The id that the next row would get: a number once given is never given again, also not after a restore.
fn next_id(conn: &mut Conn, shape: &TableShape) -> Result<Option<i64>> {
    if !shape.is_numbered() {
        return Ok(None);
    }
    let above: i64 =
        conn.one(&format!("SELECT COALESCE(MAX(id), 0) + 1 FROM {}", shape.name), &[])?;
    let counter = match conn.engine() {
        Engine::Sqlite => "SELECT seq + 1 FROM sqlite_sequence WHERE name = ?",
        Engine::Mysql => {
            "SELECT AUTO_INCREMENT FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?"
        }
    };
    let counter: Option<Option<i64>> = conn.scalar(counter, &params![&shape.name])?;
    Ok(Some(counter.flatten().unwrap_or(0).max(above)))
}
