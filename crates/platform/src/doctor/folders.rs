//! Folders and files: there, writable, and nobody else's to read.

use std::path::{Path, PathBuf};

use super::{Fix, Row, State};
use crate::checks::{Subject, files};
use crate::config::Config;
use crate::db::Location;
use crate::machine::modes;

const AREA: &str = "Folders and files";
/// Bits of a folder: its owner's, readable for its group (the web server in front).
pub(super) const FOLDER: u32 = 0o750;
const SECRET: u32 = 0o600;
const DATABASE: u32 = 0o640;

pub(super) fn rows(subject: &Subject<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(config) = subject.config() {
        rows.extend(
            files::folders(config).into_iter().map(|(name, path)| folder(config, name, path)),
        );
        rows.extend(secret(&files::secret_key(config), "secret_key", modes::NOT_OWNER, SECRET));
        if let Location::File(path) = &config.database.location {
            rows.extend(secret(path, "database file", modes::OTHERS, DATABASE));
        }
    }
    rows.extend(secret(&subject.folder().join(".env"), ".env", modes::OTHERS, SECRET));
    rows.extend(scripts(subject.folder()));
    rows
}

fn folder(config: &Config, name: &str, path: PathBuf) -> Row {
    let row = |detail: &str| Row::ok(AREA, name, format!("{} {detail}", path.display()));
    if !path.exists() {
        return row("is not there")
            .bad(State::Warning, format!("mkdir -m 750 -p {}", path.display()))
            .fix(Fix::Folder(path));
    }
    if !path.is_dir() {
        return row("is not a folder").bad(State::Error, "move the file away");
    }
    if !modes::is_writable_folder(&path) {
        let remedy = format!("chown <the account that runs this program> {}", path.display());
        return row("may not be written by this account").bad(State::Error, remedy);
    }
    let mode = modes::mode(&path).unwrap_or(FOLDER);
    // Backups are read by nobody else; into the others nobody else may write.
    let is_private = path == config.files.backup_dir;
    let unwanted = if is_private { modes::OTHERS } else { modes::OTHERS_WRITE };
    if mode & unwanted == 0 {
        return row("can be written");
    }
    row(&format!("has mode {mode:o}: too open"))
        .bad(State::Warning, format!("chmod 750 {}", path.display()))
        .fix(Fix::Mode(path, FOLDER))
}

/// A file that others must not read, if it is there.
fn secret(path: &Path, name: &str, unwanted: u32, wanted: u32) -> Option<Row> {
    let mode = modes::mode(path)?;
    let row = Row::ok(AREA, name, format!("{} has mode {mode:o}", path.display()));
    Some(if mode & unwanted == 0 {
        row
    } else {
        row.bad(State::Warning, format!("chmod {wanted:o} {}", path.display()))
            .fix(Fix::Mode(path.to_owned(), wanted))
    })
}

/// Scripts of the working directory that cannot be started.
fn scripts(folder: &Path) -> Vec<Row> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sh"))
        .filter(|path| path.is_file() && !path.is_symlink())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| {
            let mode = modes::mode(&path)?;
            let name = path.file_name()?.to_string_lossy().into_owned();
            // Whoever may read a script may start it.
            let wanted = mode | (mode & 0o444) >> 2;
            let row = Row::ok(AREA, name, format!("mode {mode:o}"));
            Some(if mode & 0o100 != 0 {
                row
            } else {
                row.bad(State::Warning, format!("chmod +x {}", path.display()))
                    .fix(Fix::Mode(path, wanted))
            })
        })
        .collect()
}
