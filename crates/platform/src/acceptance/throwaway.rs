//! The database that a trial runs on: of the configured engine, and never the configured database itself.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::auth::random_hex;
use crate::config::Config;
use crate::db::server::{Place, create_database, drop_database};
use crate::db::{DbError, Location};
use crate::error::{Error, Result};

/// MySQL's longest name is 64 characters; this much of the configured one is kept.
const NAME: usize = 40;

/// A database that goes when this goes, unless it is to be kept.
pub(super) enum Throwaway {
    Folder { _folder: TempDir, path: PathBuf },
    File(PathBuf),
    Server { place: Place, url: String, name: String, is_kept: bool },
}

impl Throwaway {
    pub(super) fn create(config: &Config, is_kept: bool) -> Result<Self> {
        let Location::Server(url) = &config.database.location else {
            if is_kept {
                return Ok(Self::File(config.database.data_dir.join("test.sqlite3")));
            }
            let folder =
                tempfile::tempdir().map_err(|error| Error::failed("temporary folder", error))?;
            let path = folder.path().join("test.sqlite3");
            return Ok(Self::Folder { _folder: folder, path });
        };
        let place = Place::of(url)?;
        let name = test_name(place.database(), is_kept)?;
        refuse_unless_test(&name)?;
        place
            .run_as(place.user(), place.password(), &[create_database(&name)])
            .map_err(|error| cannot_create(&place, &error))?;
        let url = Place::url_of(url, &name);
        Ok(Self::Server { place, url, name, is_kept })
    }

    pub(super) fn location(&self) -> Location {
        match self {
            Self::Folder { path, .. } | Self::File(path) => Location::File(path.clone()),
            Self::Server { url, .. } => Location::Server(url.clone()),
        }
    }

    pub(super) fn described(&self) -> String {
        match self {
            Self::Folder { path, .. } | Self::File(path) => path.display().to_string(),
            Self::Server { place, name, .. } => format!("{name} on {}", place.address()),
        }
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        if let Self::Server { place, name, is_kept: false, .. } = self
            && refuse_unless_test(name).is_ok()
        {
            let gone = place.run_as(place.user(), place.password(), &[drop_database(name)]);
            if let Err(error) = gone {
                tracing::warn!(%error, name, "the test database was not dropped");
            }
        }
    }
}

fn test_name(configured: &str, is_kept: bool) -> Result<String> {
    let base: String = configured.chars().take(NAME).collect();
    let base = if is_test(&base) { base } else { format!("{base}_test") };
    if is_kept {
        return Ok(base);
    }
    let digits: String = random_hex()?.chars().take(8).collect();
    Ok(format!("{base}_{digits}"))
}

/// Whether one of the words of a name is `test`.
fn is_test(name: &str) -> bool {
    name.to_lowercase().split(['_', '-']).any(|word| word == "test")
}

fn refuse_unless_test(name: &str) -> Result<()> {
    if is_test(name) {
        return Ok(());
    }
    Err(Error::Failed(format!(
        "{name} is not a test database: \"test\" must be a word of its name"
    )))
}

fn cannot_create(place: &Place, error: &DbError) -> Error {
    let base: String = place.database().chars().take(NAME).collect();
    let base = if is_test(&base) { base } else { format!("{base}_test") };
    Error::Failed(format!(
        "no test database can be made ({error}). The user {} needs: GRANT ALL PRIVILEGES ON `{}%`.* TO it",
        place.user(),
        base.replace('_', "\\_")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_never_gets_the_configured_database() {
        for (configured, kept) in [
            ("backend_optimizacion", "backend_optimizacion_test"),
            ("backend_optimizacion_test", "backend_optimizacion_test"),
            ("contest", "contest_test"),
        ] {
            assert_eq!(test_name(configured, true).unwrap(), kept);
            let thrown = test_name(configured, false).unwrap();
            assert!(thrown.starts_with(&format!("{kept}_")) && thrown.len() > kept.len() + 4);
            assert!(refuse_unless_test(&thrown).is_ok());
        }
        assert!(test_name(&"x".repeat(64), false).unwrap().len() <= 64);
        let told = refuse_unless_test("contest").unwrap_err().to_string();
        assert!(told.contains("not a test database"), "{told}");
    }
}
