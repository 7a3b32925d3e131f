//! Configuration: read once, at the edge, into typed sections. Nothing deeper reads the environment.

pub mod auth;
pub mod database;
pub mod files;
pub mod http;
pub mod mail;
pub mod operator;
pub mod reference;
pub mod security;
pub mod source;

use std::path::{Path, PathBuf};

use chrono_tz::Tz;

pub use auth::{Auth, Secret};
pub use database::Database;
pub use files::Files;
pub use http::Http;
pub use mail::{Mail, MailBackend};
pub use operator::Operator;
pub use security::{Frames, Security};
pub use source::{Problem, Setting, Source};

use crate::db::Location;
use crate::i18n::Lang;

const DEBUG: Setting = Setting::new(
    "DEBUG",
    "True",
    "False",
    "Development: friendly defaults and helpful pages. Production needs False.",
);
const TIME_ZONE: Setting = Setting::new(
    "TIME_ZONE",
    "America/Lima",
    "America/Lima",
    "The clinic's time zone: its days and hours.",
);
const LANGUAGE: Setting =
    Setting::new("LANGUAGE_CODE", "es", "es", "Language when a client asks for none: es or en.");
const REDIS_URL: Setting = Setting::secret(
    "REDIS_URL",
    "redis://127.0.0.1:6379/0",
    "Redis for counters shared by several processes; without it they are kept in memory.",
);
const SQLITE_OK: Setting = Setting::new(
    "ALLOW_SQLITE",
    "False",
    "True",
    "Says yes to the embedded SQLite database with DEBUG=False (one machine, one server process).",
);
const LOG_FORMAT: Setting = Setting::new("LOG_FORMAT", "text", "json", "Log lines: text or json.");
const LOG_LEVEL: Setting = Setting::new(
    "LOG_LEVEL",
    "info",
    "warn",
    "Least important level logged: error, warn, info, debug.",
);

const GENERAL: &[Setting] =
    &[DEBUG, TIME_ZONE, LANGUAGE, REDIS_URL, SQLITE_OK, LOG_FORMAT, LOG_LEVEL];

/// All settings by section, for the reference.
pub const SECTIONS: &[(&str, &[Setting])] = &[
    ("General", GENERAL),
    ("Database", database::SETTINGS),
    ("Web", http::SETTINGS),
    ("Security", security::SETTINGS),
    ("Log-in", auth::SETTINGS),
    ("Files", files::SETTINGS),
    ("Mail", mail::SETTINGS),
    ("Commands", operator::SETTINGS),
];

/// The whole configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Development or production.
    pub debug: bool,
    /// The clinic's time zone.
    pub time_zone: Tz,
    /// Language when a client asks for none.
    pub language: Lang,
    /// Redis, if there is one.
    pub redis_url: Option<Secret>,
    /// Whether log lines are JSON.
    pub json_logs: bool,
    /// Least important level logged.
    pub log_level: String,
    /// Database.
    pub database: Database,
    /// Web server.
    pub http: Http,
    /// What browsers are told about safety.
    pub security: Security,
    /// Log-in.
    pub auth: Auth,
    /// Folders of files.
    pub files: Files,
    /// Messages to people.
    pub mail: Mail,
    /// Answers for commands, given beforehand.
    pub operator: Operator,
    /// Working directory all relative paths start from.
    pub folder: PathBuf,
}

impl Config {
    /// Reads `.env` in `folder` and the environment; every value that cannot be used is a [`Problem`].
    pub fn load(folder: &Path) -> Result<Self, Vec<Problem>> {
        Self::from_source(Source::load(folder), folder)
    }

    /// Reads a prepared source.
    pub fn from_source(mut source: Source, folder: &Path) -> Result<Self, Vec<Problem>> {
        let debug = source.flag(&DEBUG);
        let time_zone = source.parsed(&TIME_ZONE, |text| {
            text.parse::<Tz>()
                .map_err(|_| format!("\"{text}\" is not a time zone of the IANA list"))
        });
        let language = source.parsed(&LANGUAGE, |text| {
            Lang::parse(text).ok_or_else(|| format!("\"{text}\" is neither es nor en"))
        });
        let redis_url = source.given(&REDIS_URL).map(str::to_owned);
        if let Some(url) = &redis_url
            && redis::Client::open(url.as_str()).is_err()
        {
            source.complain(&REDIS_URL, "it is not a Redis URL");
        }
        let sqlite_ok = source.flag(&SQLITE_OK);
        let json_logs = source.parsed(&LOG_FORMAT, |text| match text {
            "json" => Ok(true),
            "text" => Ok(false),
            other => Err(format!("\"{other}\" is neither text nor json")),
        });
        let log_level =
            source.parsed(&LOG_LEVEL, |text| match text.to_ascii_lowercase().as_str() {
                level @ ("error" | "warn" | "info" | "debug") => Ok(level.to_owned()),
                "warning" => Ok("warn".to_owned()),
                other => Err(format!("\"{other}\" is not a level")),
            });
        let database = Database::read(&mut source, folder);
        if !debug && !sqlite_ok && matches!(database.location, Location::File(_)) {
            source.complain(
                &SQLITE_OK,
                "with DEBUG=False an embedded SQLite database needs an explicit yes, or DATABASE_URL a server",
            );
        }
        let http = Http::read(&mut source, debug);
        let security = Security::read(&mut source, debug);
        let auth = Auth::read(&mut source, debug);
        let files = Files::read(&mut source, folder);
        let mail = Mail::read(&mut source, folder, debug);
        let operator = Operator::read(&source);
        if let (true, Some(mail)) = (source.problems.is_empty(), mail) {
            let redis_url = redis_url.map(Secret::new);
            let folder = folder.to_owned();
            Ok(Self {
                debug,
                time_zone,
                language,
                redis_url,
                json_logs,
                log_level,
                database,
                http,
                security,
                auth,
                files,
                mail,
                operator,
                folder,
            })
        } else {
            Err(source.problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(values: &[(&str, &str)]) -> Vec<String> {
        match Config::from_source(Source::of(values), Path::new("/srv")) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().map(|problem| problem.name.to_owned()).collect(),
        }
    }

    #[test]
    fn no_settings_at_all_is_a_working_development() {
        let config = Config::from_source(Source::of(&[]), Path::new("/srv")).unwrap();
        assert!(
            config.debug
                && config.time_zone == chrono_tz::America::Lima
                && config.language == Lang::Es
        );
    }

    #[test]
    fn production_needs_a_key_hosts_and_a_server() {
        assert_eq!(
            problems(&[("DEBUG", "False")]),
            ["ALLOW_SQLITE", "ALLOWED_HOSTS", "SECRET_KEY"]
        );
    }

    #[test]
    fn every_bad_value_is_told_with_its_name() {
        for (name, value) in [
            ("DEBUG", "maybe"),
            ("TIME_ZONE", "Lima"),
            ("LANGUAGE_CODE", "fr"),
            ("REDIS_URL", "http://x"),
            ("LOG_FORMAT", "xml"),
            ("LOG_LEVEL", "loud"),
            ("DATABASE_URL", "oracle://x"),
            ("CSRF_TRUSTED_ORIGINS", "clinica.example"),
            ("TRUSTED_PROXIES", "proxy"),
            ("REQUEST_TIMEOUT", "0"),
            ("LOG_RETENTION_DAYS", "-1"),
            ("JWT_ACCESS_TOKEN_LIFETIME", "ten"),
            ("EMAIL_BACKEND", "smtp"),
            ("FRONTEND_URL", "clinica.example"),
        ] {
            assert_eq!(problems(&[(name, value)]), [name]);
        }
    }
}
