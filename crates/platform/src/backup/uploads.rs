//! The folder of uploaded files: read into a backup, and filled from one.
//!
//! Files come into a hidden folder inside it first (it may be a mounted volume, which cannot be renamed) and take their
//! places when everything is there. A place may be taken already by the same file, so an interrupted run can be
//! repeated; by another it may not.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::archive::{Hashed, Writer, is_safe, is_short};
use super::manifest::{Content, Manifest, Member, Uploads};
use crate::error::{Error, Result};

const STAGE: &str = ".restoring";

/// Appends all files; what is no plain file (a link, a socket) is left out.
pub(super) fn append(writer: &mut Writer, folder: &Path) -> Result<Uploads> {
    let mut all = Uploads::default();
    for path in files(folder)? {
        let full = folder.join(&path);
        let failed = |error| Error::failed(&full.display().to_string(), error);
        let file = match File::open(&full) {
            Ok(file) => file,
            // Removed by its owner since the folder was listed.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(error)),
        };
        let bytes = file.metadata().map_err(failed)?.len();
        all.files += 1;
        all.bytes += bytes;
        let mut name = format!("media/{path}");
        if !is_short(&name) {
            name = format!("media-long/{:06}", all.files);
        }
        writer.append(name, bytes, Content::Upload(path), file).map_err(failed)?;
    }
    Ok(all)
}

/// The paths of all plain files below the folder, sorted; none if there is no folder.
fn files(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(below) = waiting.pop() {
        let here = folder.join(&below);
        let failed = |error| Error::failed(&here.display().to_string(), error);
        let entries = match fs::read_dir(&here) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let path = below.join(entry.file_name());
            if kind.is_dir() && path != Path::new(STAGE) {
                waiting.push(path);
            } else if kind.is_file() {
                let text = path.to_str().filter(|text| is_safe(text)).ok_or_else(|| {
                    Error::Failed(format!(
                        "the name of {} cannot be kept in a backup; rename that file",
                        folder.join(&path).display()
                    ))
                })?;
                found.push(text.to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Files on their way into the folder; what did not take its place goes with this.
pub(super) struct Staged {
    folder: PathBuf,
    paths: Vec<String>,
}

impl Staged {
    /// Refuses a folder that has other files than the backup's.
    pub(super) fn begin(folder: &Path, manifest: &Manifest) -> Result<Self> {
        let expected: HashMap<&str, &str> = manifest
            .members
            .iter()
            .filter_map(|member| match &member.content {
                Content::Upload(path) => Some((path.as_str(), member.sha256.as_str())),
                Content::Table(_) => None,
            })
            .collect();
        for path in files(folder)? {
            let is_same = match expected.get(path.as_str()) {
                Some(sha256) => hash_of(&folder.join(&path))? == *sha256,
                None => false,
            };
            if !is_same {
                return Err(Error::Failed(format!(
                    "the folder of uploads, {}, is not empty (there is {path}): move its files away, or name another \
                     folder in MEDIA_ROOT",
                    folder.display()
                )));
            }
        }
        let stage = folder.join(STAGE);
        let prepare = || -> io::Result<()> {
            match fs::remove_dir_all(&stage) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            fs::create_dir_all(&stage)
        };
        prepare().map_err(|error| Error::failed(&stage.display().to_string(), error))?;
        Ok(Self { folder: folder.to_owned(), paths: Vec::new() })
    }

    /// Takes a file in; a content that is not the manifest's is refused.
    pub(super) fn take(&mut self, path: &str, member: &Member, from: &mut dyn Read) -> Result<()> {
        let full = self.folder.join(STAGE).join(path);
        let mut hashed = Hashed::new(from.take(member.bytes));
        let mut write = || -> io::Result<()> {
            if let Some(parent) = full.parent() {
                fs::create_dir_all(parent)?;
            }
            let mut file =
                OpenOptions::new().write(true).create_new(true).mode(0o640).open(&full)?;
            io::copy(&mut hashed, &mut file)?;
            file.sync_all()
        };
        write().map_err(|error| Error::failed(&full.display().to_string(), error))?;
        if hashed.sha256() != member.sha256 {
            return Err(Error::Failed(format!("{} was changed since it was checked", member.name)));
        }
        self.paths.push(path.to_owned());
        Ok(())
    }

    /// Puts all files in their places.
    pub(super) fn place(&mut self) -> Result<()> {
        for path in std::mem::take(&mut self.paths) {
            let place = self.folder.join(&path);
            let put = || -> io::Result<()> {
                if let Some(parent) = place.parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::rename(self.folder.join(STAGE).join(&path), &place)
            };
            put().map_err(|error| Error::failed(&place.display().to_string(), error))?;
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let _the_next_run_removes_it = fs::remove_dir_all(self.folder.join(STAGE));
    }
}

fn hash_of(path: &Path) -> Result<String> {
    let hash = || -> io::Result<String> {
        let mut hashed = Hashed::new(File::open(path)?);
        io::copy(&mut hashed, &mut io::sink())?;
        Ok(hashed.sha256())
    };
    hash().map_err(|error| Error::failed(&path.display().to_string(), error))
}
