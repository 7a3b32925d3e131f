//! Uploaded files: folders that the modules declare, below MEDIA_ROOT, and in them files under names that this program
//! gave. Nothing a client says is ever a path.

mod files;
pub mod picture;

pub use files::{Stored, get, put, remove};

use std::path::Path;

use crate::db::Tx;
use crate::http::Access;

/// What the addresses of uploaded files begin with.
pub const ADDRESS: &str = "/media/";

/// A folder of uploaded files; [`media_folder!`](crate::media_folder) makes one.
#[derive(Clone, Copy, Debug)]
pub struct Folder {
    /// Its path below the folder of all uploads.
    pub path: &'static str,
    /// The path of the route that shows a file of it.
    pub route: &'static str,
    /// Who may see its files.
    pub access: Access,
}

/// Declares a folder of uploaded files: its path below the folder of all uploads, and who may see them.
#[macro_export]
macro_rules! media_folder {
    ($path:literal, $access:expr) => {
        $crate::storage::Folder {
            path: $path,
            route: concat!("/media/", $path, "/{name}"),
            access: $access,
        }
    };
}

impl Folder {
    /// The file's name, if `text` is the path below the folder of all uploads, or the address, of a file in here.
    #[must_use]
    pub fn name_in<'t>(&self, text: &'t str) -> Option<&'t str> {
        let path = text.strip_prefix(ADDRESS).unwrap_or(text);
        path.strip_prefix(self.path)?.strip_prefix('/').filter(|name| content_type(name).is_some())
    }

    /// The whole address of a file in here, as `base` (scheme and host) sees it; of any other text, the text.
    #[must_use]
    pub fn whole_address(&self, base: &str, text: &str) -> String {
        self.name_in(text).map_or_else(
            || text.to_owned(),
            |name| {
                let name = percent_encoding::utf8_percent_encode(name, NOT_IN_PATHS);
                format!("{base}{ADDRESS}{}/{name}", self.path)
            },
        )
    }

    /// Whether `text` names a file in here that was stored for `owner`: nobody may have another's file removed by
    /// writing its address into a row of their own.
    #[must_use]
    pub fn holds_for(&self, text: &str, owner: i64) -> bool {
        self.name_in(text).is_some_and(|name| {
            name.split_once('-').is_some_and(|(number, _)| number == owner.to_string())
        })
    }
}

/// Removes the file that a row named once the change of the row is durable.
pub fn remove_after_commit(tx: &mut Tx<'_>, root: &Path, folder: &'static Folder, text: &str) {
    if folder.name_in(text).is_some() {
        let (root, text) = (root.to_owned(), text.to_owned());
        tx.after_commit(move || remove(&root, folder, &text));
    }
}

const NOT_IN_PATHS: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// The content type of a file name that may be one of ours; `None` if it may not.
#[must_use]
pub fn content_type(name: &str) -> Option<&'static str> {
    let is_plain = (1..=100).contains(&name.len())
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_alphanumeric() || "._-".contains(c));
    let (_, ending) = name.rsplit_once('.').filter(|_| is_plain)?;
    match ending.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        "webp" => Some("image/webp"),
        // Older programs kept them.
        "gif" => Some("image/gif"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHOTOS: Folder = media_folder!("people/photos", Access::Authenticated);

    #[test]
    fn a_name_is_one_plain_name_of_a_picture() {
        for good in ["a.png", "7-0f.jpg", "logo_x1.JPEG", "Ñandú.webp", "b.gif"] {
            assert!(content_type(good).is_some(), "{good}");
        }
        for bad in [
            "",
            ".png",
            "a",
            "a.svg",
            "a.html",
            "a.png.html",
            "../a.png",
            "a/b.png",
            "a\\b.png",
            "a b.png",
            "a\0.png",
            "a%2e.png",
            "..",
            ".hidden.png",
            &format!("{}.png", "x".repeat(100)),
        ] {
            assert!(content_type(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn only_what_lies_in_the_folder_is_in_the_folder() {
        for text in ["people/photos/7-a.png", "/media/people/photos/7-a.png"] {
            assert_eq!(PHOTOS.name_in(text), Some("7-a.png"));
            assert!(
                PHOTOS.holds_for(text, 7)
                    && !PHOTOS.holds_for(text, 77)
                    && !PHOTOS.holds_for(text, 0)
            );
            let whole = PHOTOS.whole_address("https://c.pe", text);
            assert_eq!(whole, "https://c.pe/media/people/photos/7-a.png");
        }
        for text in [
            "https://x.pe/media/people/photos/7-a.png",
            "people/photosx/7-a.png",
            "people/photos/../7-a.png",
            "/media/people/photos/x/7-a.png",
            "7-a.png",
            "",
        ] {
            assert_eq!(PHOTOS.name_in(text), None, "{text}");
            assert_eq!(PHOTOS.whole_address("https://c.pe", text), text);
        }
        let odd = PHOTOS.whole_address("", "people/photos/Ñ.png");
        assert_eq!(odd, "/media/people/photos/%C3%91.png");
    }
}
