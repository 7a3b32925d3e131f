//! The embedded files out to a folder, for a web server in front: under their names, under names with the hash of
//! their content, and packed beside both.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use serde_json::{Value as Json, json};
use tempfile::NamedTempFile;

use crate::error::{Error, Result};
use crate::http::home::{Embedded, embedded};

/// Which plain name is which hashed name, in the form of Django's manifest.
pub const MANIFEST: &str = "staticfiles.json";
/// Digits of the hash in a name.
const DIGITS: usize = 12;

/// What is to be done so that a folder holds exactly the embedded files.
#[derive(Debug)]
pub struct Plan {
    folder: PathBuf,
    /// Files to write: path below the folder, and content.
    writes: Vec<(String, Vec<u8>)>,
    /// Whether one of them replaces another content.
    pub overwrites: bool,
    /// Embedded files of which something is to be written.
    pub copied: Vec<&'static str>,
    /// Embedded files that are there as they should be.
    pub unmodified: usize,
    /// Files in the folder that no version of an embedded file of today is.
    pub stale: Vec<String>,
}

/// Compares a folder with the embedded files.
pub fn plan(folder: &Path) -> Result<Plan> {
    let mut plan = Plan {
        folder: folder.to_owned(),
        writes: Vec::new(),
        overwrites: false,
        copied: Vec::new(),
        unmodified: 0,
        stale: Vec::new(),
    };
    let mut wanted = BTreeSet::from([MANIFEST.to_owned()]);
    let mut names = BTreeMap::new();
    for file in embedded()? {
        let hashed = hashed_name(&file);
        names.insert(file.name.to_owned(), Json::String(hashed.clone()));
        let packed = packed(&file)?;
        let before = plan.writes.len();
        for name in [file.name, &hashed] {
            wanted.insert(name.to_owned());
            plan.want(name, &file.content)?;
            if let Some(packed) = &packed {
                wanted.insert(format!("{name}.gz"));
                plan.want(&format!("{name}.gz"), packed)?;
            }
        }
        if plan.writes.len() > before {
            plan.copied.push(file.name);
        } else {
            plan.unmodified += 1;
        }
    }
    let manifest = json!({ "paths": names, "version": "1.1" });
    plan.want(MANIFEST, format!("{manifest:#}\n").as_bytes())?;
    plan.stale = below(folder)?.into_iter().filter(|name| !wanted.contains(name)).collect();
    Ok(plan)
}

impl Plan {
    fn want(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        match fs::read(&path) {
            Ok(present) if present == content => return Ok(()),
            Ok(_) => self.overwrites = true,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(failed(&path, error)),
        }
        self.writes.push((name.to_owned(), content.to_vec()));
        Ok(())
    }

    /// Whether the folder was filled by this command, or is empty: only then may what is stale in it be removed.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.folder.join(MANIFEST).is_file() || self.stale.is_empty()
    }

    /// Writes what is to be written; each file is there whole or not at all, the manifest last.
    pub fn write(&self) -> Result<()> {
        for (name, content) in &self.writes {
            let path = self.folder.join(name);
            let parent = path.parent().unwrap_or(&self.folder);
            fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
            let write = || -> std::io::Result<()> {
                let mut file = NamedTempFile::new_in(parent)?;
                file.write_all(content)?;
                readable_by_all(file.path())?;
                file.persist(&path).map(|_| ()).map_err(|error| error.error)
            };
            write().map_err(|error| failed(&path, error))?;
        }
        Ok(())
    }

    /// Removes what is stale.
    pub fn clear(&self) -> Result<()> {
        for name in &self.stale {
            let path = self.folder.join(name);
            fs::remove_file(&path).map_err(|error| failed(&path, error))?;
        }
        Ok(())
    }
}

/// Another user, the web server's, reads them.
fn readable_by_all(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    #[cfg(not(unix))]
    let _by_default = path;
    Ok(())
}

fn failed(path: &Path, error: std::io::Error) -> Error {
    Error::failed(&path.display().to_string(), error)
}

/// `panel.css` with its hash: `panel.0123456789ab.css`.
fn hashed_name(file: &Embedded) -> String {
    let hash = file.hash.get(..DIGITS).unwrap_or(file.hash);
    let start = file.name.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, name) = file.name.split_at(start);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{folder}{stem}.{hash}.{ending}"),
        None => format!("{folder}{name}.{hash}"),
    }
}

/// The content packed, where that makes it smaller.
fn packed(file: &Embedded) -> Result<Option<Vec<u8>>> {
    if let Some(packed) = file.packed {
        return Ok(Some(packed.to_vec()));
    }
    // Without name and time, so that the same content is packed the same each time.
    let mut packer = GzBuilder::new().write(Vec::new(), Compression::best());
    let packed = packer
        .write_all(&file.content)
        .and_then(|()| packer.finish())
        .map_err(|error| Error::failed(file.name, error))?;
    Ok((packed.len() < file.content.len()).then_some(packed))
}

/// All files below a folder, by their paths with `/`. A folder that is not there is empty.
fn below(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = waiting.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound && prefix.is_empty() => break,
            Err(error) => return Err(failed(&folder, error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| failed(&folder, error))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(|error| failed(&entry.path(), error))?;
            // A link to a folder is not followed: what it leads to is not ours.
            if kind.is_dir() {
                waiting.push((entry.path(), format!("{name}/")));
            } else {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}
