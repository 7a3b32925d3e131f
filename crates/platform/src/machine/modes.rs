//! Who may read and write files and folders.

use std::fs::Permissions;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::fs::{Access, access};

/// Permission bits for everybody who is neither owner nor group.
pub const OTHERS: u32 = 0o007;
/// Permission bits for everybody but the owner.
pub const NOT_OWNER: u32 = 0o077;
/// The bit that lets others write.
pub const OTHERS_WRITE: u32 = 0o002;

/// The permission bits of a path; `None` if it is not there.
#[must_use]
pub fn mode(path: &Path) -> Option<u32> {
    Some(std::fs::metadata(path).ok()?.permissions().mode() & 0o7777)
}

/// Whether this process may make files in a folder.
#[must_use]
pub fn is_writable_folder(path: &Path) -> bool {
    path.is_dir() && access(path, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// Sets the permission bits.
pub fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    std::fs::set_permissions(path, Permissions::from_mode(mode))
}
