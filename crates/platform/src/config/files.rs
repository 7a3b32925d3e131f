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
    "Folder of the log files `app.log` and `error.log`, one a day.",
);
const LOG_RETENTION_DAYS: Setting = Setting::new(
    "LOG_RETENTION_DAYS",
    "30",
    "30",
    "Days that log files are kept; 0 keeps them until `clearlogs` removes them.",
);
const BACKUP_DIR: Setting = Setting::new(
    "BACKUP_DIR",
    "backups",
    "/var/backups/clinic",
    "Folder that `backup` writes to. Best on another disk.",
);

pub(super) const SETTINGS: &[Setting] =
    &[STATIC_ROOT, MEDIA_ROOT, LOG_DIR, LOG_RETENTION_DAYS, BACKUP_DIR];

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
            log_dir: folder.join(source.text(&LOG_DIR)),
            log_retention_days: source.number(&LOG_RETENTION_DAYS, 0, 36_500),
            backup_dir: folder.join(source.text(&BACKUP_DIR)),
        }
    }
}
