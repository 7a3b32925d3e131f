//! Reads the members of a file in order, and trusts nothing of it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;

use flate2::bufread::GzDecoder;
use tar::{Archive, EntryType};

use crate::error::{Error, Result};

/// How the compressed file begins: no name, no time, "unknown system". Fixed, so that a change there is seen too.
const BEGINNING: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// A file that grows more than this beyond its first part is made to fill disks, not to keep data.
const MOST_GROWTH: u64 = 300;
const GROWS_FREELY: u64 = 64 << 20;

/// What is done with each member: its name, its size, its content.
type Visit<'v> = &'v mut dyn FnMut(&str, u64, &mut dyn Read) -> Result<(), String>;

/// Visits the members in order; returns the file's size.
pub(in crate::backup) fn walk(path: &Path, visit: Visit<'_>) -> Result<u64> {
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

pub(super) fn unreadable(error: io::Error) -> String {
    format!("it cannot be read to its end, so it is damaged or cut ({error})")
}

pub(in crate::backup) fn refused(path: &Path, reason: &str) -> Error {
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
