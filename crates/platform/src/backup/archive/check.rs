//! Whether a backup is whole: every hash, every count, nothing missing, nothing more.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write};
use std::path::{Component, Path};

use super::super::manifest::{self, Content, Manifest};
use super::walk::{refused, unreadable, walk};
use super::{Hashed, MOST_IN_MEMORY};
use crate::error::Result;

/// Longest list of members.
const MOST_MEMBERS: usize = 2_000_000;

/// A backup that was read through and found whole.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What is in it.
    pub manifest: Manifest,
    /// Size of the file.
    pub bytes: u64,
}

/// Reads a backup through: every hash, every count, nothing missing, nothing more.
pub fn check(path: &Path) -> Result<Checked> {
    let mut found: Vec<(String, u64, String)> = Vec::new();
    let mut lines: HashMap<String, u64> = HashMap::new();
    let mut manifest: Option<Manifest> = None;
    let bytes = walk(path, &mut |name, bytes, from| {
        if manifest.is_some() {
            return Err("something follows the manifest".into());
        }
        if name == manifest::NAME {
            manifest = Some(read_manifest(bytes, from)?);
            return Ok(());
        }
        if found.len() >= MOST_MEMBERS {
            return Err("it has too many members".into());
        }
        let mut hashed = Hashed::new(from);
        let mut count = Lines(0);
        io::copy(&mut hashed, &mut count).map_err(unreadable)?;
        lines.insert(name.to_owned(), count.0);
        found.push((name.to_owned(), hashed.bytes, hashed.sha256()));
        Ok(())
    })?;
    let manifest =
        manifest.ok_or_else(|| refused(path, "it has no manifest: it was never finished"))?;
    compare(&manifest, &found, &lines).map_err(|reason| refused(path, &reason))?;
    Ok(Checked { manifest, bytes })
}

fn read_manifest(bytes: u64, from: &mut dyn Read) -> Result<Manifest, String> {
    if bytes > MOST_IN_MEMORY {
        return Err("its manifest is too large".into());
    }
    let mut text = Vec::new();
    from.read_to_end(&mut text).map_err(unreadable)?;
    let value: serde_json::Value = serde_json::from_slice(&text)
        .map_err(|error| format!("its manifest cannot be read ({error})"))?;
    match value.get("format").and_then(serde_json::Value::as_u64) {
        Some(format) if format == u64::from(manifest::FORMAT) => {}
        Some(format) => {
            return Err(format!(
                "its form {format} is not one that this version reads; use a newer version"
            ));
        }
        None => return Err("its manifest names no form".into()),
    }
    serde_json::from_value(value).map_err(|error| format!("its manifest cannot be read ({error})"))
}

/// The manifest against what is there.
fn compare(
    manifest: &Manifest,
    found: &[(String, u64, String)],
    lines: &HashMap<String, u64>,
) -> Result<(), String> {
    if manifest.members.len() != found.len() {
        return Err(format!(
            "it has {} members and its manifest {}",
            found.len(),
            manifest.members.len()
        ));
    }
    let mut rows: HashMap<&str, u64> = HashMap::new();
    let mut seen = HashSet::new();
    let mut uploads = manifest::Uploads::default();
    for (member, (name, bytes, sha256)) in manifest.members.iter().zip(found) {
        if member.name != *name || member.bytes != *bytes || member.sha256 != *sha256 {
            return Err(format!(
                "its member {name} is not what the manifest says: it was changed or damaged"
            ));
        }
        if !seen.insert(&member.content) && matches!(member.content, Content::Upload(_)) {
            return Err(format!("it has the upload of {name} twice"));
        }
        match &member.content {
            Content::Table(table) => {
                if *bytes > MOST_IN_MEMORY {
                    return Err(format!("its member {name} is too large"));
                }
                *rows.entry(table).or_default() += lines.get(name).copied().unwrap_or(0);
            }
            Content::Upload(path) => {
                if !is_safe(path) {
                    return Err(format!("it has an upload that would leave the folder: {path:?}"));
                }
                uploads.files += 1;
                uploads.bytes += bytes;
            }
        }
    }
    if uploads != manifest.uploads.unwrap_or_default() {
        return Err("the number of its uploads is not what the manifest says".into());
    }
    for table in &manifest.tables {
        if rows.remove(table.shape.name.as_str()).unwrap_or(0) != table.rows {
            return Err(format!(
                "the rows of {} are not as many as the manifest says",
                table.shape.name
            ));
        }
    }
    match rows.keys().next() {
        Some(table) => Err(format!("it has rows of {table}, which its manifest does not list")),
        None => Ok(()),
    }
}

/// A path below the uploads' folder: names only, no way up, no root.
pub(in crate::backup) fn is_safe(path: &str) -> bool {
    let parts = || Path::new(path).components();
    !path.is_empty()
        && !path.contains(['\\', '\0'])
        && parts().all(|part| matches!(part, Component::Normal(_)))
        && parts().map(|part| part.as_os_str().len() + 1).sum::<usize>() == path.len() + 1
}

/// Counts line ends.
struct Lines(u64);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.split(|byte| *byte == b'\n').count() as u64 - 1;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
