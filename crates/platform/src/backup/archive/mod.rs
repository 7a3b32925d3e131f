//! The file: a compressed tar whose last member, the manifest, has the hash of every other.
//!
//! Reading trusts nothing: only plain files are members, their names and paths are checked, nothing is written where a
//! member says, sizes are limited before anything is kept, and what was cut, changed or appended is refused.

mod check;
mod walk;

use std::fs::File;
use std::io::{self, BufWriter, Read};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use super::hex;
use super::manifest::{self, Content, Manifest, Member};
use crate::error::{Error, Result};

pub(in crate::backup) use check::is_safe;
pub use check::{Checked, check};
pub(in crate::backup) use walk::{refused, walk};

/// Largest member that is held in memory: some rows, or the manifest.
pub(super) const MOST_IN_MEMORY: u64 = 64 << 20;

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
