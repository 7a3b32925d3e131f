//! Folders: static files, uploads, logs and backups. Relative paths start from the working directory.

use std::path::{Path, PathBuf};

use super::source::{Setting, Source};

const STATIC_ROOT: Setting = Setting::new(
    "STATIC_ROOT",
    "staticfiles",
    "/srv/clinic/static",
    "Folder that `collectstatic` fills for the web server in front.",
);
const MEDIA_ROOT: Setting =
    Setting::new("MEDIA_ROOT", "media", "/srv/clinic/media", "Folder of uploaded files.");
const LOG_DIR: Setting = Setting::new(
    "LOG_DIR",
    "logs",
    "/var/log/backend-optimizacion",
    "Folder of the log files `app.log` and `error.log`; at midnight they get the day's name.",
);
const LOG_RETENTION_DAYS: Setting = Setting::new(
    "LOG_RETENTION_DAYS",
    "30",
    "30",
    "Days that log files are kept; 0 keeps them until `clearlogs` removes them.",
);
const LOG_FILE: Setting = Setting::new(
    "LOG_FILE",
    "",
    "/var/log/clinic/app.log",
    "Name of the older program's log file: without LOG_DIR, its folder is taken. The files in it are always \
     `app.log` and `error.log`.",
);
const BACKUP_DIR: Setting = Setting::new(
    "BACKUP_DIR",
    "backups",
    "/var/backups/clinic",
    "Folder that `backup` writes to. Best on another disk.",
);

pub(super) const SETTINGS: &[Setting] =
    &[STATIC_ROOT, MEDIA_ROOT, LOG_DIR, LOG_FILE, LOG_RETENTION_DAYS, BACKUP_DIR];

/// Folders of files.
#[derive(Clone, Debug)]
pub struct Files {
    /// Collected static files.
    pub static_root: PathBuf,
    /// Uploaded files.
    pub media_root: PathBuf,
    /// Log files.
    pub log_dir: PathBuf,
    /// Days that log files are kept; 0 for ever.
    pub log_retention_days: u64,
    /// Backups.
    pub backup_dir: PathBuf,
}

impl Files {
    pub(super) fn read(source: &mut Source, folder: &Path) -> Self {
        Self {
            static_root: folder.join(source.text(&STATIC_ROOT)),
            media_root: folder.join(source.text(&MEDIA_ROOT)),
            log_dir: log_dir(source, folder),
            log_retention_days: source.number(&LOG_RETENTION_DAYS, 0, 36_500),
            backup_dir: folder.join(source.text(&BACKUP_DIR)),
        }
    }
}

/// LOG_DIR, or the folder of the older LOG_FILE.
fn log_dir(source: &Source, folder: &Path) -> PathBuf {
    let of_file = source.given(&LOG_FILE).and_then(|file| Path::new(file).parent());
    match (source.given(&LOG_DIR), of_file) {
        (None, Some(of_file)) => folder.join(of_file),
        _ => folder.join(source.text(&LOG_DIR)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_older_log_file_is_taken_unless_another_is_named() {
        let dir = |values: &[(&str, &str)]| {
            Files::read(&mut Source::of(values), Path::new("/srv")).log_dir
        };
        assert_eq!(dir(&[]), Path::new("/srv/logs"));
        assert_eq!(dir(&[("LOG_FILE", "/app/logs/django.log")]), Path::new("/app/logs"));
        assert_eq!(dir(&[("LOG_FILE", "/a/b.log"), ("LOG_DIR", "/c")]), Path::new("/c"));
    }
}
