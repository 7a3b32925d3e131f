//! What commands share before they begin: working directory, configuration, secret key, explanations.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::app::{App, Program};
use crate::auth;
use crate::backup::restore;
use crate::config::{Config, Secret};
use crate::db::migrate::{adopt, runner};
use crate::db::{DbError, Location};
use crate::error::{Error, Result};
use crate::i18n::Lang;

/// The working directory.
pub fn folder() -> Result<PathBuf> {
    std::env::current_dir().map_err(|error| Error::failed("working directory", error))
}

/// Reads the configuration; in DEBUG a missing secret key is generated once and kept.
pub fn config(folder: &Path) -> Result<Config> {
    let mut config = Config::load(folder).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
        Error::Failed(format!("the configuration cannot be used:\n{}", lines.join("\n")))
    })?;
    if config.auth.secret_key.reveal().is_empty() {
        let key = kept_key(&config.database.data_dir)?;
        config.auth.secret_key = Secret::new(key.clone());
        if config.auth.jwt_secret.reveal().is_empty() {
            config.auth.jwt_secret = Secret::new(key);
        }
    }
    Ok(config)
}

/// The development key: made once, readable by its owner only.
fn kept_key(data_dir: &Path) -> Result<String> {
    let path = data_dir.join("secret_key");
    let failed = |error: std::io::Error| Error::failed(&path.display().to_string(), error);
    if let Ok(key) = std::fs::read_to_string(&path) {
        let key = key.trim();
        if !key.is_empty() {
            return Ok(key.to_owned());
        }
    }
    std::fs::create_dir_all(data_dir).map_err(failed)?;
    let key = auth::random_token()?;
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
    match file {
        Ok(mut file) => {
            writeln!(file, "{key}").map_err(failed)?;
            Ok(key)
        }
        // Another process was faster: its key counts.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            std::fs::read_to_string(&path).map(|key| key.trim().to_owned()).map_err(failed)
        }
        Err(error) => Err(failed(error)),
    }
}

/// Refuses a database whose schema is not the newest.
pub fn refuse_unmigrated(app: &App) -> Result<()> {
    let mut conn = app.db().connect()?;
    restore::refuse_half_restored(&mut conn)?;
    adopt::refuse_unfinished(&mut conn)?;
    let pending = runner::pending(&mut conn, &app.migrations()?)?;
    if pending.is_empty() {
        return Ok(());
    }
    let names: Vec<String> =
        pending.iter().map(|step| format!("{}.{}", step.module, step.name)).collect();
    Err(Error::Failed(format!(
        "{} migrations are not applied ({}); run `manage migrate` first",
        names.len(),
        names.join(", ")
    )))
}

/// An error in one sentence for the operator: what it is and what to do next.
#[must_use]
pub fn explain(program: &Program, error: &Error) -> String {
    match error {
        Error::Refused(refusal) => {
            let mut text = refusal.message.speak(program.texts, Lang::Es);
            for complaint in &refusal.fields {
                text.push_str(&format!(
                    "\n  {}: {}",
                    complaint.field,
                    complaint.message.speak(program.texts, Lang::Es)
                ));
            }
            text
        }
        Error::Db(DbError::Unavailable(reason)) => format!("database unavailable: {reason}"),
        Error::Db(error) => format!("database: {error}"),
        Error::Failed(reason) => reason.clone(),
    }
}

/// Whether the database is embedded.
#[must_use]
pub fn is_embedded(config: &Config) -> bool {
    matches!(config.database.location, Location::File(_))
}
