//! What a production needs beside settings of safety: logs that end, backups that exist, nothing of a trial left.

use std::path::PathBuf;

use chrono::{TimeDelta, TimeZone, Utc};

use super::{Check, Found, Level, Look, Subject, Tag};
use crate::backup::folder;
use crate::config::Config;
use crate::config::mail::MailBackend;
use crate::db::Location;
use crate::types::time::Moment;

const LOGS: &[Tag] = &[Tag::Logs];
const SECURITY: &[Tag] = &[Tag::Security];
const BACKUPS: &[Tag] = &[Tag::Backups];
const COMPATIBILITY: &[Tag] = &[Tag::Compatibility];
const CACHES: &[Tag] = &[Tag::Caches];

const fn deploy(
    id: &'static str,
    level: Level,
    tags: &'static [Tag],
    look: fn(&Config, &Subject<'_>) -> Vec<Found>,
) -> Check {
    Check::new(id, level, tags, Look::Config(look)).deploy()
}

pub(super) const CHECKS: &[Check] = &[
    deploy("logs.W001", Level::Warning, LOGS, |config, _| {
        Found::when(config.files.log_retention_days == 0, || {
            Found::new("Log files are kept for ever and fill the disk.")
                .hint("LOG_RETENTION_DAYS=30")
                .about("LOG_RETENTION_DAYS")
        })
    }),
    deploy("logs.W002", Level::Warning, LOGS, |config, _| {
        let days = config.files.log_retention_days;
        Found::when((1..7).contains(&days), || {
            Found::new(format!(
                "Log files are gone after {days} day(s): nobody can look into last week."
            ))
            .hint("LOG_RETENTION_DAYS=30")
            .about("LOG_RETENTION_DAYS")
        })
    }),
    deploy("logs.W003", Level::Warning, LOGS, |config, _| {
        Found::when(config.log_level == "debug", || {
            Found::new("LOG_LEVEL is debug: large files, and more in them than is needed.")
                .hint("LOG_LEVEL=info")
                .about("LOG_LEVEL")
        })
    }),
    deploy("logs.W004", Level::Info, LOGS, |config, _| {
        Found::when(matches!(config.log_level.as_str(), "error" | "warn"), || {
            Found::new(format!("LOG_LEVEL is {}: requests leave no line.", config.log_level))
                .hint("LOG_LEVEL=info")
                .about("LOG_LEVEL")
        })
    }),
    deploy("mail.W001", Level::Warning, SECURITY, |config, _| {
        Found::when(config.mail.backend == MailBackend::Console, || {
            Found::new(
                "Messages are printed instead of sent: codes for passwords stand in the server's output.",
            )
            .hint("EMAIL_BACKEND=file keeps them in files that only this user reads.")
            .about("EMAIL_BACKEND")
        })
    }),
    deploy("backup.E001", Level::Error, BACKUPS, |config, _| {
        Found::when(newest(config).is_none(), || {
            Found::new("There is no backup.")
                .hint("Make one with `manage backup`, and let it be made every day.")
                .about(config.files.backup_dir.display().to_string())
        })
    }),
    deploy("backup.W002", Level::Warning, BACKUPS, |config, subject| {
        let age = newest(config).map(|backup| subject.clock().now() - backup.at);
        let old = age.filter(|age| *age > TimeDelta::days(8));
        old.map(|age| {
            Found::new(format!("The newest backup is {} days old.", age.num_days()))
                .hint("manage backup")
                .about(config.files.backup_dir.display().to_string())
        })
        .into_iter()
        .collect()
    }),
    deploy("backup.E003", Level::Error, BACKUPS, |config, _| {
        let empty = newest(config).filter(|backup| backup.bytes == 0);
        empty
            .map(|backup| {
                Found::new("The newest backup is empty.")
                    .hint("Is the disk full? Make another with `manage backup`.")
                    .about(backup.path.display().to_string())
            })
            .into_iter()
            .collect()
    }),
    deploy("deploy.W001", Level::Info, COMPATIBILITY, |config, _| {
        Found::when(matches!(config.database.location, Location::File(_)), || {
            Found::new(
                "The database is the embedded SQLite file: one machine and one server process.",
            )
            .hint("DATABASE_URL=mysql://… when there shall be several.")
            .about("DATABASE_URL")
        })
    }),
    deploy("deploy.W002", Level::Warning, COMPATIBILITY, |config, _| {
        let name = database_name(config);
        Found::when(name.split(['_', '-', '.']).any(|word| TRIALS.contains(&word)), || {
            Found::new(format!("The database is called \"{name}\", as one of a trial would be."))
                .hint("Is this the right one?")
                .about("DATABASE_URL")
        })
    }),
    deploy("redis.W007", Level::Warning, CACHES, |config, _| {
        let is_server = matches!(config.database.location, Location::Server(_));
        Found::when(is_server && config.redis_url.is_none(), || {
            Found::new("REDIS_URL is not set: each process counts failed log-ins for itself.")
                .hint("REDIS_URL=redis://127.0.0.1:6379/0, or silence this where one process serves all.")
                .about("REDIS_URL")
        })
    }),
];

/// Words in names of databases that are not for work.
const TRIALS: &[&str] = &["test", "tests", "demo", "dev", "tmp", "prueba", "pruebas"];

fn database_name(config: &Config) -> String {
    let name = match &config.database.location {
        Location::File(path) => path.file_stem().map(|name| name.to_string_lossy().into_owned()),
        Location::Server(url) => mysql::Opts::from_url(url)
            .ok()
            .and_then(|options| options.get_db_name().map(str::to_owned)),
    };
    name.unwrap_or_default().to_lowercase()
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// When it was made, as its name says.
    pub at: Moment,
    /// Its size.
    pub bytes: u64,
}

/// The newest backup of an installation, by the moment in its name, which the clinic's clocks gave it.
#[must_use]
pub fn newest(config: &Config) -> Option<Backup> {
    let path = folder::list(&config.files.backup_dir).ok()?.pop()?;
    let taken = folder::taken_at(path.file_name()?.to_str()?)?;
    // An hour that the clocks went through twice is taken for its first time.
    let at = config.time_zone.from_local_datetime(&taken).earliest()?.with_timezone(&Utc);
    let bytes = path.metadata().ok()?.len();
    Some(Backup { path, at, bytes })
}
