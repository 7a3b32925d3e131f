//! The file: a compressed tar whose last member, the manifest, has the hash of every other.
//!
//! Reading trusts nothing: only plain files are members, their names and paths are checked, nothing is written where a
//! member says, sizes are limited before anything is kept, and what was cut, changed or appended is refused.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Component, Path};

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tar::{Archive, Builder, EntryType, Header};

use super::hex;
use super::manifest::{self, Content, Manifest, Member};
use crate::error::{Error, Result};

/// How the compressed file begins: no name, no time, "unknown system". Fixed, so that a change there is seen too.
const BEGINNING: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// Largest member that is held in memory: some rows, or the manifest.
pub(super) const MOST_IN_MEMORY: u64 = 64 << 20;
/// Longest list of members.
const MOST_MEMBERS: usize = 2_000_000;
/// A file that grows more than this beyond its first part is made to fill disks, not to keep data.
const MOST_GROWTH: u64 = 300;
const GROWS_FREELY: u64 = 64 << 20;

type Packed = Builder<GzEncoder<BufWriter<File>>>;

/// A backup being written.
pub(super) struct Writer {
    archive: Packed,
    /// The members so far.
    pub(super) members: Vec<Member>,
}

impl Writer {
    pub(super) fn new(file: File) -> Self {
        let packed = GzEncoder::new(BufWriter::with_capacity(1 << 16, file), Compression::new(6));
        Self { archive: Builder::new(packed), members: Vec::new() }
    }

    /// Appends a member of a known size; the content must have just that.
    pub(super) fn append(
        &mut self,
        name: String,
        bytes: u64,
        content: Content,
        from: impl Read,
    ) -> io::Result<()> {
        let mut hashed = Hashed::new(from.take(bytes));
        self.archive.append(&header(&name, bytes)?, &mut hashed)?;
        if hashed.bytes != bytes {
            return Err(io::Error::other("it changed while it was read; take the backup again"));
        }
        let sha256 = hashed.sha256();
        self.members.push(Member { name, bytes, sha256, content });
        Ok(())
    }

    /// Appends the manifest and ends the file: on the disk when this returns.
    pub(super) fn finish(mut self, manifest: &Manifest) -> Result<()> {
        let text = serde_json::to_vec_pretty(manifest)
            .map_err(|error| Error::failed("manifest", error))?;
        let finish = || -> io::Result<()> {
            self.archive.append(&header(manifest::NAME, text.len() as u64)?, text.as_slice())?;
            let file = self.archive.into_inner()?.finish()?;
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
        };
        finish().map_err(|error| Error::failed("the backup cannot be written", error))
    }
}

/// Whether a name has room in a header; one that has not is kept in the manifest alone.
pub(super) fn is_short(name: &str) -> bool {
    header(name, 0).is_ok()
}

fn header(name: &str, bytes: u64) -> io::Result<Header> {
    let mut header = Header::new_ustar();
    header.set_path(name)?;
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_entry_type(EntryType::Regular);
    header.set_cksum();
    Ok(header)
}

/// Hashes and counts what is read through it.
pub(super) struct Hashed<R> {
    from: R,
    hash: Sha256,
    bytes: u64,
}

impl<R: Read> Hashed<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, hash: Sha256::new(), bytes: 0 }
    }

    /// The hash of what was read.
    pub(super) fn sha256(self) -> String {
        hex(self.hash.finalize())
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        Ok(read)
    }
}

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
pub(super) fn is_safe(path: &str) -> bool {
    let parts = || Path::new(path).components();
    !path.is_empty()
        && !path.contains(['\\', '\0'])
        && parts().all(|part| matches!(part, Component::Normal(_)))
        && parts().map(|part| part.as_os_str().len() + 1).sum::<usize>() == path.len() + 1
}

/// What is done with each member: its name, its size, its content.
type Visit<'v> = &'v mut dyn FnMut(&str, u64, &mut dyn Read) -> Result<(), String>;

/// Visits the members in order; returns the file's size.
pub(super) fn walk(path: &Path, visit: Visit<'_>) -> Result<u64> {
    let open = || -> io::Result<(File, u64)> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        Ok((file, if metadata.is_file() { metadata.len() } else { 0 }))
    };
    let (mut file, size) = open()
        .map_err(|error| Error::failed(&format!("{} cannot be read", path.display()), error))?;
    let mut beginning = [0; BEGINNING.len()];
    if file.read_exact(&mut beginning).is_err() || beginning != BEGINNING || file.rewind().is_err()
    {
        return Err(refused(path, "it does not begin as one"));
    }
    let unpacked = Limited {
        from: GzDecoder::new(BufReader::with_capacity(1 << 16, file)),
        left: size.saturating_mul(MOST_GROWTH).max(GROWS_FREELY),
    };
    let mut archive = Archive::new(unpacked);
    let mut visit_all = || -> Result<(), String> {
        // Raw: the library would gather long names of any length in memory.
        for entry in archive.entries().map_err(unreadable)?.raw(true) {
            let mut entry = entry.map_err(unreadable)?;
            if entry.header().entry_type() != EntryType::Regular {
                return Err("it has a member that is no plain file".into());
            }
            let name = String::from_utf8(entry.path_bytes().into_owned())
                .map_err(|_| "a member's name is no text".to_owned())?;
            let bytes = entry.size();
            visit(&name, bytes, &mut entry)?;
            io::copy(&mut entry, &mut io::sink()).map_err(unreadable)?;
        }
        Ok(())
    };
    visit_all().map_err(|reason| refused(path, &reason))?;
    // To the very end: there is the checksum of all of it.
    let mut unpacked = archive.into_inner();
    let mut rest = Zeros;
    io::copy(&mut unpacked, &mut rest).map_err(|error| refused(path, &unreadable(error)))?;
    let mut file = unpacked.from.into_inner();
    match io::copy(&mut file, &mut io::sink()) {
        Ok(0) => Ok(size),
        _ => Err(refused(path, "something was appended to it")),
    }
}

fn unreadable(error: io::Error) -> String {
    format!("it cannot be read to its end, so it is damaged or cut ({error})")
}

pub(super) fn refused(path: &Path, reason: &str) -> Error {
    Error::Failed(format!("{} is no backup that can be used: {reason}", path.display()))
}

/// Refuses to give more than it should.
struct Limited<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other("it unpacks to far more than its size"))?;
        Ok(read)
    }
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

/// Takes the padding after the last member, and nothing else.
struct Zeros;

impl Write for Zeros {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.iter().any(|byte| *byte != 0) {
            return Err(io::Error::other("something follows its end"));
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
