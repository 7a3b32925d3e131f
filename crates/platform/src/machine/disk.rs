//! Space on disks and sizes of folders.

use std::path::Path;

/// Space of the disk that holds a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Bytes this program may still use.
    pub free: u64,
    /// Bytes there are.
    pub total: u64,
}

impl Space {
    /// Free space as a share, percent.
    #[must_use]
    pub fn percent_free(self) -> u64 {
        self.free.saturating_mul(100).checked_div(self.total).unwrap_or(100)
    }

    /// Whether a database will soon have nowhere to write.
    #[must_use]
    pub fn is_short(self) -> bool {
        self.percent_free() < 5 || self.free < 1 << 30
    }
}

/// The space where `path` is, or would be.
#[must_use]
pub fn space(path: &Path) -> Option<Space> {
    let there = path.ancestors().find(|folder| folder.exists())?;
    let told = rustix::fs::statvfs(there).ok()?;
    Some(Space {
        free: told.f_bavail.saturating_mul(told.f_frsize),
        total: told.f_blocks.saturating_mul(told.f_frsize),
    })
}

/// Bytes of all files below a folder; links are not followed.
#[must_use]
pub fn size(folder: &Path) -> u64 {
    let mut total = 0;
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for entry in entries.flatten() {
            match entry.metadata() {
                Ok(known) if known.is_dir() => waiting.push(entry.path()),
                Ok(known) if known.is_file() => total += known.len(),
                _ => {}
            }
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_weighs_what_its_files_weigh() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("in")).unwrap();
        std::fs::write(folder.path().join("a"), [0; 10]).unwrap();
        std::fs::write(folder.path().join("in/b"), [0; 7]).unwrap();
        assert_eq!(size(folder.path()), 17);
        assert_eq!(size(&folder.path().join("nowhere")), 0);
    }

    #[test]
    fn space_is_known_also_where_nothing_is_yet() {
        let folder = tempfile::tempdir().unwrap();
        let space = space(&folder.path().join("a/b/c")).unwrap();
        assert!(space.total > space.free && space.percent_free() <= 100);
        assert!(Space { free: 1, total: 1 << 40 }.is_short());
        assert!(Space { free: 2 << 30, total: 1 << 40 }.is_short(), "less than a twentieth");
        assert!(!Space { free: 500 << 30, total: 1 << 40 }.is_short());
    }
}
