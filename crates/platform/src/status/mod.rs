//! The state of a running installation on one screen: services, migrations, backup, errors, disk, memory, sizes.
//!
//! [`look`] gathers it into one value; [`Status::text`] and its JSON say the same. What a section is about has one
//! field and one line of `lines`; the queue's figures join there when there is a queue.

mod errors;

use std::path::Path;

use chrono::{SecondsFormat, TimeDelta};
use serde::Serialize;

use crate::app;
use crate::checks::Subject;
use crate::checks::operation::newest;
use crate::config::Config;
use crate::db::Location;
use crate::error::{Error, Result};
use crate::machine::ports::{self, Port};
use crate::machine::{bytes, disk, memory};

/// A service: whether it answers, and what it is or why it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Service {
    /// What it is called.
    pub name: &'static str,
    /// Whether it answers; `None` if there is none.
    pub is_up: Option<bool>,
    /// What it is, or why it does not answer.
    pub detail: String,
}

/// Migrations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Migrations {
    /// How many are applied.
    pub applied: usize,
    /// Which are not.
    pub pending: Vec<String>,
}

/// The newest backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastBackup {
    /// Where it is.
    pub path: String,
    /// When it was made.
    pub at: String,
    /// How old it is.
    pub age_hours: i64,
    /// Its size.
    pub bytes: u64,
}

/// Space or memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Bytes that are free.
    pub free: u64,
    /// Bytes there are.
    pub total: u64,
}

/// How large something is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Size {
    /// What.
    pub name: &'static str,
    /// Bytes.
    pub bytes: u64,
}

/// The whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The program and its version.
    pub program: String,
    /// When this was asked.
    pub at: String,
    /// The services.
    pub services: Vec<Service>,
    /// Migrations; `None` if the database is away or an applied one was changed.
    pub migrations: Option<Migrations>,
    /// The newest backup, if there is one.
    pub backup: Option<LastBackup>,
    /// Lines of errors within the last 24 hours; `None` if there is no such log.
    pub errors_24h: Option<u64>,
    /// Space of the data's disk.
    pub disk: Option<Share>,
    /// Memory of the machine.
    pub memory: Option<Share>,
    /// Sizes of what grows.
    pub sizes: Vec<Size>,
}

/// Port that the server listens on unless told otherwise.
const PORT: u16 = 8000;

/// Looks.
pub fn look(subject: &Subject<'_>) -> Result<Status> {
    let Some(config) = subject.config() else {
        return Err(Error::Failed(
            "the settings cannot be used; `manage check` names each of them".to_owned(),
        ));
    };
    let now = subject.clock().now();
    let all = app::migrations(subject.program().modules)?.len();
    // Of migrations whose text was changed nobody knows what is applied.
    let known = subject.database().filter(|facts| facts.altered.is_none());
    let migrations = known.map(|facts| Migrations {
        applied: all - facts.pending.len().min(all),
        pending: facts.pending.clone(),
    });
    let backup = newest(config).map(|backup| LastBackup {
        path: backup.path.display().to_string(),
        at: backup.at.to_rfc3339_opts(SecondsFormat::Secs, true),
        age_hours: (now - backup.at).num_hours(),
        bytes: backup.bytes,
    });
    let program = subject.program();
    Ok(Status {
        program: format!("{} {}", program.name, program.version),
        at: now.to_rfc3339_opts(SecondsFormat::Secs, true),
        services: vec![web(&ports::look(PORT)), database(subject, config), redis(subject)],
        migrations,
        backup,
        errors_24h: errors::count_since(&config.files.log_dir, now - TimeDelta::hours(24)),
        disk: disk::space(&config.database.data_dir)
            .map(|space| Share { free: space.free, total: space.total }),
        memory: memory::of_machine()
            .map(|memory| Share { free: memory.available, total: memory.total }),
        sizes: sizes(subject, config),
    })
}

fn web(seen: &Port) -> Service {
    let (is_up, detail) = match seen {
        Port::Free => (Some(false), format!("nobody listens on port {PORT} of this machine")),
        Port::Taken(None) => (Some(true), format!("port {PORT}")),
        Port::Taken(Some(process)) => {
            (Some(true), format!("port {PORT}, {} (process {})", process.name, process.id))
        }
    };
    Service { name: "web", is_up, detail }
}

fn database(subject: &Subject<'_>, config: &Config) -> Service {
    let place = config.database.described();
    let (is_up, detail) = match (subject.database(), subject.database_away()) {
        (Some(facts), _) => (true, format!("{}, {place}", facts.version)),
        (None, reason) => (false, format!("{place}: {}", reason.unwrap_or("away"))),
    };
    Service { name: "database", is_up: Some(is_up), detail }
}

fn redis(subject: &Subject<'_>) -> Service {
    let (is_up, detail) = match (subject.redis(), subject.redis_away()) {
        (Some(facts), _) => (Some(true), format!("Redis {}", facts.version)),
        (None, Some(reason)) => (Some(false), reason.to_owned()),
        (None, None) => (None, "none; memory is used".to_owned()),
    };
    Service { name: "redis", is_up, detail }
}

fn sizes(subject: &Subject<'_>, config: &Config) -> Vec<Size> {
    let of = |name, folder: &Path| Size { name, bytes: disk::size(folder) };
    let mut sizes = Vec::new();
    if let Some(facts) = subject.database() {
        let log = match &config.database.location {
            Location::File(path) => {
                let mut log = path.clone().into_os_string();
                log.push("-wal");
                Path::new(&log).metadata().map_or(0, |known| known.len())
            }
            Location::Server(_) => 0,
        };
        sizes.push(Size { name: "database", bytes: facts.bytes + log });
    }
    sizes.push(of("uploads", &config.files.media_root));
    sizes.push(of("logs", &config.files.log_dir));
    sizes.push(of("backups", &config.files.backup_dir));
    sizes
}

impl Status {
    /// Whether a service that should answer does not.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        let needed = self.services.iter().filter(|service| service.name != "web");
        needed.into_iter().any(|service| service.is_up == Some(false))
    }

    /// For people, in columns.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = self.lines();
        let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let mut text = format!("{}, {}", self.program, self.at);
        for (name, value) in lines {
            text.push_str(&format!("\n  {name:<width$}  {value}"));
        }
        text
    }

    /// What each section is called and says.
    fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines: Vec<(&'static str, String)> = self
            .services
            .iter()
            .map(|service| {
                let state = match service.is_up {
                    Some(true) => "up",
                    Some(false) => "DOWN",
                    None => "-",
                };
                (service.name, format!("{state}  {}", service.detail))
            })
            .collect();
        let migrations = match &self.migrations {
            None => "not known".to_owned(),
            Some(known) if known.pending.is_empty() => format!("all {} applied", known.applied),
            Some(known) => format!("{} applied, NOT: {}", known.applied, known.pending.join(", ")),
        };
        lines.push(("migrations", migrations));
        let backup = self.backup.as_ref().map(|backup| {
            let age = match backup.age_hours {
                hours if hours < 48 => format!("{hours} hours"),
                hours => format!("{} days", hours / 24),
            };
            format!("{age} old, {}, {}", bytes(backup.bytes), backup.path)
        });
        lines.push(("last backup", backup.unwrap_or_else(|| "NONE".to_owned())));
        let errors = self.errors_24h.map_or_else(|| "no log".to_owned(), |count| count.to_string());
        lines.push(("errors, 24 h", errors));
        let share = |share: Option<Share>| {
            share.map_or_else(
                || "not known".to_owned(),
                |share| format!("{} of {} free", bytes(share.free), bytes(share.total)),
            )
        };
        lines.push(("disk", share(self.disk)));
        lines.push(("memory", share(self.memory)));
        let sizes = self.sizes.iter().map(|size| format!("{} {}", size.name, bytes(size.bytes)));
        lines.push(("sizes", sizes.collect::<Vec<_>>().join(", ")));
        lines
    }
}

#[cfg(test)]
mod tests;
