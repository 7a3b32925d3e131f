//! Messages as files in a folder, whole or not at all; nobody but the owner reads them, since there are codes in them.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::failed;
use crate::auth::random_hex;
use crate::error::Result;
use crate::types::time::Moment;

pub(super) fn write(folder: &Path, message: &[u8], at: Moment) -> Result<()> {
    let told =
        |error: std::io::Error| failed(&format!("EMAIL_FILE_PATH {}", folder.display()), error);
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(told)?;
    let name = format!("{}-{}", at.format("%Y%m%d-%H%M%S"), random_hex()?);
    let unfinished = folder.join(format!("{name}.part"));
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished);
    let written = file.and_then(|mut file| file.write_all(message));
    written
        .and_then(|()| std::fs::rename(&unfinished, folder.join(format!("{name}.eml"))))
        .map_err(told)
}
