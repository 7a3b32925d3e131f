//! Files of the folders on the disk.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::picture::Picture;
use super::{ADDRESS, Folder, content_type};
use crate::error::{Error, Result};

/// A file larger than this was not put here by this program.
const MOST_READ: u64 = 32 * 1024 * 1024;

/// A file just stored. Unless it is kept, it goes with this value: the row that was to name it was not written.
#[derive(Debug)]
pub struct Stored {
    folder: &'static str,
    name: String,
    path: PathBuf,
    is_kept: bool,
}

impl Stored {
    /// Its path below the folder of all uploads.
    #[must_use]
    pub fn relative(&self) -> String {
        format!("{}/{}", self.folder, self.name)
    }

    /// Its address on this site, without scheme and host.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{ADDRESS}{}", self.relative())
    }

    /// Keeps it, as `outcome` says of the write that names it: on success, and where nobody knows whether the commit
    /// arrived.
    pub fn keep_if<T>(mut self, outcome: Result<T>) -> Result<T> {
        self.is_kept = match &outcome {
            Ok(_) | Err(Error::Db(crate::db::DbError::Unknown(_))) => true,
            Err(_) => false,
        };
        outcome
    }
}

impl Drop for Stored {
    fn drop(&mut self) {
        if !self.is_kept {
            forget(&self.path);
        }
    }
}

/// Stores a picture under a new name of its own, which begins with `owner` where there is one: written beside, then
/// renamed, so that no half file is ever seen.
pub fn put(root: &Path, folder: &Folder, owner: Option<i64>, picture: &Picture) -> Result<Stored> {
    let broken = |error: io::Error| {
        Error::failed(
            &format!("uploads cannot be kept in {}", root.join(folder.path).display()),
            error,
        )
    };
    let owner = owner.map(|owner| format!("{owner}-")).unwrap_or_default();
    let name = format!("{owner}{}.{}", random_name()?, picture.ending);
    let directory = root.join(folder.path);
    fs::create_dir_all(&directory).map_err(broken)?;
    let (beside, path) = (directory.join(format!(".{name}.part")), directory.join(&name));
    let write = || -> io::Result<()> {
        let mut file = File::options().write(true).create_new(true).open(&beside)?;
        file.write_all(&picture.content)?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    };
    write().map_err(|error| {
        forget(&beside);
        broken(error)
    })?;
    Ok(Stored { folder: folder.path, name, path, is_kept: false })
}

fn random_name() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Error::failed("randomness", error))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// A file's content and content type; `None` if there is no such file, or the name may not be one.
pub fn get(root: &Path, folder: &Folder, name: &str) -> Result<Option<(Vec<u8>, &'static str)>> {
    let Some(content_type) = content_type(name) else { return Ok(None) };
    let path = root.join(folder.path).join(name);
    // A link may lead anywhere.
    match fs::symlink_metadata(&path) {
        Ok(found) if found.is_file() => {}
        _ => return Ok(None),
    }
    let mut content = Vec::new();
    let read = File::open(&path).and_then(|file| file.take(MOST_READ).read_to_end(&mut content));
    match read {
        Ok(_) => Ok(Some((content, content_type))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::failed("an uploaded file cannot be read", error)),
    }
}

/// Removes the file that a row named, if it lies in the folder.
pub fn remove(root: &Path, folder: &Folder, text: &str) {
    if let Some(name) = folder.name_in(text) {
        forget(&root.join(folder.path).join(name));
    }
}

fn forget(path: &Path) {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::warn!(%error, "an uploaded file that nobody needs any more stays");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Access;

    const FOLDER: Folder = crate::media_folder!("people/photos", Access::Authenticated);

    fn picture() -> Picture {
        Picture { content: b"pixels".to_vec(), ending: "png" }
    }

    fn names(root: &Path) -> Vec<String> {
        let Ok(entries) = fs::read_dir(root.join(FOLDER.path)) else { return Vec::new() };
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn what_is_kept_is_read_again_and_removed_by_what_the_row_said() {
        let root = tempfile::tempdir().unwrap();
        let stored = put(root.path(), &FOLDER, Some(7), &picture()).unwrap();
        let (relative, address) = (stored.relative(), stored.address());
        stored.keep_if(Ok(())).unwrap();
        assert!(FOLDER.holds_for(&relative, 7) && address == format!("/media/{relative}"));
        let name = FOLDER.name_in(&address).unwrap();
        let (content, content_type) = get(root.path(), &FOLDER, name).unwrap().unwrap();
        assert_eq!((content.as_slice(), content_type), (&b"pixels"[..], "image/png"));
        assert_eq!(names(root.path()), [name], "nothing else lies there");
        remove(root.path(), &FOLDER, &address);
        remove(root.path(), &FOLDER, &address);
        assert!(names(root.path()).is_empty());
    }

    #[test]
    fn what_no_row_names_goes_unless_nobody_knows() {
        let root = tempfile::tempdir().unwrap();
        drop(put(root.path(), &FOLDER, None, &picture()).unwrap());
        let refused = put(root.path(), &FOLDER, None, &picture()).unwrap();
        assert!(refused.keep_if::<()>(Err(Error::Failed("no".into()))).is_err());
        assert!(names(root.path()).is_empty());
        let unknown = put(root.path(), &FOLDER, None, &picture()).unwrap();
        let outcome = Err(crate::db::DbError::Unknown("lost".into()).into());
        assert!(unknown.keep_if::<()>(outcome).is_err());
        assert_eq!(names(root.path()).len(), 1);
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("secret.png"), "secret").unwrap();
        put(root.path(), &FOLDER, None, &picture()).unwrap().keep_if(Ok(())).unwrap();
        for name in ["../../secret.png", "..", "/etc/passwd", "x/../../../secret.png", "none.png"] {
            assert!(get(root.path(), &FOLDER, name).unwrap().is_none(), "{name}");
            remove(root.path(), &FOLDER, &format!("people/photos/{name}"));
        }
        assert!(root.path().join("secret.png").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join(FOLDER.path)).unwrap();
        fs::write(root.path().join("secret.png"), "secret").unwrap();
        let link = root.path().join(FOLDER.path).join("link.png");
        std::os::unix::fs::symlink(root.path().join("secret.png"), link).unwrap();
        assert!(get(root.path(), &FOLDER, "link.png").unwrap().is_none());
    }

    #[test]
    fn a_place_that_cannot_be_written_is_told_with_its_folder() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        fs::write(&file, "").unwrap();
        let error = put(&file, &FOLDER, None, &picture()).unwrap_err();
        assert!(error.to_string().contains("people/photos"), "{error}");
    }
}
