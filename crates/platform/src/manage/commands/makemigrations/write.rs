//! The folder of a migration: both texts and the state after it.

use std::path::{Path, PathBuf};

use crate::db::migrate::detect::Draft;
use crate::error::{Error, Result};

/// Where a module's migrations are.
pub(super) fn home(root: &Path, module: &str) -> PathBuf {
    if module == "platform" {
        root.join("crates/platform/src/db/migrations")
    } else {
        root.join("crates/clinic/src").join(module).join("migrations")
    }
}

/// Refuses a working directory that is no checkout, and a migration that is there already.
pub(super) fn refuse_elsewhere(root: &Path, draft: &Draft) -> Result<()> {
    let home = home(root, &draft.module);
    if !home.parent().is_some_and(Path::is_dir) {
        return Err(Error::Failed(format!(
            "{} is not there: run this at the root of a checkout",
            home.display()
        )));
    }
    if home.join(&draft.name).exists() {
        return Err(Error::Failed(format!(
            "{} is there already: add it to its list, or remove it, and run this again",
            home.join(&draft.name).display()
        )));
    }
    Ok(())
}

/// Writes the folder; under another name first, so that it is there whole or not at all.
pub(super) fn write(folder: &Path, draft: &Draft) -> Result<()> {
    let failed = |error: std::io::Error| Error::failed(&folder.display().to_string(), error);
    let state = serde_json::to_string_pretty(&draft.state)
        .map_err(|error| Error::failed("state", error))?;
    let half = folder.with_extension("unfinished");
    if half.exists() {
        std::fs::remove_dir_all(&half).map_err(failed)?;
    }
    std::fs::create_dir_all(&half).map_err(failed)?;
    std::fs::write(half.join("sqlite.sql"), &draft.sqlite).map_err(failed)?;
    std::fs::write(half.join("mysql.sql"), &draft.mysql).map_err(failed)?;
    std::fs::write(half.join("state.json"), state + "\n").map_err(failed)?;
    std::fs::rename(&half, folder).map_err(failed)
}
