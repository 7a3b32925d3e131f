//! Folders that must be writable, and files that nobody else may read.

use std::path::{Path, PathBuf};

use super::{Check, Found, Level, Look, Subject, Tag};
use crate::config::Config;
use crate::db::Location;
use crate::machine::disk::{self, Space};
use crate::machine::{bytes, modes};

const FILES: &[Tag] = &[Tag::Files];
const SAFE_FILES: &[Tag] = &[Tag::Files, Tag::Security];

const fn check(
    id: &'static str,
    level: Level,
    tags: &'static [Tag],
    look: fn(&Config, &Subject<'_>) -> Vec<Found>,
) -> Check {
    Check::new(id, level, tags, Look::Config(look))
}

pub(super) const CHECKS: &[Check] = &[
    check("files.E001", Level::Error, FILES, |config, _| {
        let wrong = folders(config)
            .into_iter()
            .filter(|(_, path)| path.exists() && !modes::is_writable_folder(path));
        wrong
            .map(|(name, path)| {
                let is = if path.is_dir() {
                    "may not be written by this program"
                } else {
                    "is not a folder"
                };
                Found::new(format!("{} {is}.", path.display()))
                    .hint(format!(
                        "Give it to the account that runs this program: chown <account> {}",
                        path.display()
                    ))
                    .about(name)
            })
            .collect()
    }),
    check("files.W002", Level::Warning, FILES, |config, _| {
        let missing = folders(config).into_iter().filter(|(_, path)| !path.exists());
        missing
            .map(|(name, path)| {
                Found::new(format!("The folder {} is not there.", path.display()))
                    .hint("manage doctor --fix")
                    .about(name)
            })
            .collect()
    })
    .deploy(),
    check("files.W003", Level::Warning, SAFE_FILES, |config, _| {
        let open = folders(config).into_iter().filter(|(_, path)| has(path, modes::OTHERS_WRITE));
        open.map(|(name, path)| {
            Found::new(format!("Everybody on this machine may write into {}.", path.display()))
                .hint(format!("chmod 750 {}, or manage doctor --fix", path.display()))
                .about(name)
        })
        .collect()
    })
    .deploy(),
    check("files.E004", Level::Error, SAFE_FILES, |config, _| {
        let path = secret_key(config);
        Found::when(has(&path, modes::NOT_OWNER), || {
            Found::new("Others may read the secret key, and sign in as anybody with it.")
                .hint("manage doctor --fix, then remove the file if somebody may have read it: a new one is made.")
                .about(path.display().to_string())
        })
    }),
    check("files.W005", Level::Warning, SAFE_FILES, |_, subject| {
        let path = subject.folder().join(".env");
        Found::when(has(&path, modes::OTHERS), || {
            Found::new("Everybody on this machine may read the passwords in .env.")
                .hint("chmod 600 .env, or manage doctor --fix")
                .about(path.display().to_string())
        })
    })
    .deploy(),
    check("files.W006", Level::Warning, SAFE_FILES, |config, _| {
        let path = &config.files.backup_dir;
        Found::when(has(path, modes::OTHERS), || {
            Found::new("Everybody on this machine may look into the folder of backups.")
                .hint(format!("chmod 750 {}, or manage doctor --fix", path.display()))
                .about("BACKUP_DIR")
        })
    })
    .deploy(),
    check("files.W007", Level::Warning, SAFE_FILES, |config, _| {
        let Location::File(path) = &config.database.location else { return Vec::new() };
        let is_reachable = path.parent().is_none_or(|folder| has(folder, modes::OTHERS));
        Found::when(is_reachable && has(path, modes::OTHERS), || {
            Found::new("Everybody on this machine may read the database file.")
                .hint(format!("chmod 640 {}, and chmod 750 its folder", path.display()))
                .about(path.display().to_string())
        })
    })
    .deploy(),
    check("files.E008", Level::Error, SAFE_FILES, |config, _| {
        let public =
            [("MEDIA_ROOT", &config.files.media_root), ("STATIC_ROOT", &config.files.static_root)];
        let mut found = Vec::new();
        for (name, path) in private(config) {
            for (root, folder) in &public {
                if path.starts_with(folder) {
                    found.push(
                        Found::new(format!(
                            "{} is inside {root}, whose files anybody may fetch.",
                            path.display()
                        ))
                        .hint("Give it a folder of its own.")
                        .about(name),
                    );
                }
            }
        }
        found
    }),
    check("files.W009", Level::Warning, FILES, |config, _| {
        let folders = folders(config).into_iter();
        folders.filter_map(|(name, path)| full(name, &path, disk::space(&path)?)).collect()
    })
    .deploy(),
];

/// What is said of a disk that is nearly full.
fn full(name: &str, path: &Path, space: Space) -> Option<Found> {
    space.is_short().then(|| {
        Found::new(format!(
            "The disk of {} is nearly full: {} of {} are free.",
            path.display(),
            bytes(space.free),
            bytes(space.total)
        ))
        .hint("Make room, or move it to a larger disk.")
        .about(name)
    })
}

fn has(path: &Path, bits: u32) -> bool {
    modes::mode(path).is_some_and(|mode| mode & bits != 0)
}

/// The development key, where it is kept.
#[must_use]
pub fn secret_key(config: &Config) -> PathBuf {
    config.database.data_dir.join("secret_key")
}

/// Folders that this program writes, with the setting that names each.
#[must_use]
pub fn folders(config: &Config) -> Vec<(&'static str, PathBuf)> {
    let files = &config.files;
    let mut folders = vec![
        ("STATIC_ROOT", files.static_root.clone()),
        ("MEDIA_ROOT", files.media_root.clone()),
        ("LOG_DIR", files.log_dir.clone()),
        ("BACKUP_DIR", files.backup_dir.clone()),
    ];
    match &config.database.location {
        Location::File(path) => {
            let folder = path.parent().unwrap_or(&config.folder).to_owned();
            folders.push(("DATABASE_URL", folder));
        }
        // The data folder holds the generated key only.
        Location::Server(_) if config.auth.secret_key.reveal().is_empty() => {
            folders.push(("DATA_DIR", config.database.data_dir.clone()));
        }
        Location::Server(_) => {}
    }
    folders
}

/// What nobody may fetch.
fn private(config: &Config) -> Vec<(&'static str, PathBuf)> {
    let mut private = vec![
        ("LOG_DIR", config.files.log_dir.clone()),
        ("BACKUP_DIR", config.files.backup_dir.clone()),
        ("DATA_DIR", config.database.data_dir.clone()),
    ];
    if let Location::File(path) = &config.database.location {
        private.push(("DATABASE_URL", path.clone()));
    }
    private
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_told_before_it_is_full() {
        let of = |free| full("LOG_DIR", Path::new("/logs"), Space { free, total: 100 << 30 });
        assert_eq!(of(50 << 30), None);
        let found = of(4 << 30).unwrap();
        assert!(found.message.contains("4.0 GiB of 100.0 GiB"), "{}", found.message);
        assert_eq!(found.object.as_deref(), Some("LOG_DIR"));
    }
}
