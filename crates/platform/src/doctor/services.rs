//! The services: database, Redis, nginx.

use std::process::{Command, Stdio};

use super::{Row, State};
use crate::checks::Subject;

const AREA: &str = "Services";

pub(super) fn rows(subject: &Subject<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    if subject.config().is_some() {
        rows.push(database(subject));
        rows.push(migrations(subject));
        rows.push(redis(subject));
    } else {
        let row = Row::ok(AREA, "database, Redis", "not asked: the settings cannot be used");
        rows.push(row.bad(State::Error, "mend the settings first"));
    }
    rows.push(nginx());
    rows
}

fn database(subject: &Subject<'_>) -> Row {
    let place = subject.config().map(|config| config.database.described()).unwrap_or_default();
    match (subject.database(), subject.database_away()) {
        (Some(facts), _) => match &facts.damage {
            None => Row::ok(AREA, "database", format!("{}, {place}", facts.version)),
            Some(damage) => Row::ok(AREA, "database", format!("{place} is damaged: {damage}"))
                .bad(State::Error, "stop the program, keep the file, restore the newest backup"),
        },
        (None, reason) => {
            let detail = format!("{place}: {}", reason.unwrap_or("away"));
            Row::ok(AREA, "database", detail).bad(
                State::Error,
                "start it; are address, account and password in DATABASE_URL right?",
            )
        }
    }
}

fn migrations(subject: &Subject<'_>) -> Row {
    let name = "migrations";
    let Some(facts) = subject.database() else {
        return Row::ok(AREA, name, "not asked: the database is away");
    };
    if let Some(reason) = &facts.altered {
        return Row::ok(AREA, name, reason.clone())
            .bad(State::Error, "put the old text of the migration back");
    }
    match (facts.pending.len(), facts.differences.len()) {
        (0, 0) => Row::ok(AREA, name, "all applied, and the schema is the described one"),
        (0, count) => Row::ok(AREA, name, format!("the schema differs in {count} place(s)"))
            .bad(State::Error, "manage check --database default names them"),
        (count, _) => Row::ok(AREA, name, format!("{count} not applied"))
            .bad(State::Warning, "manage migrate"),
    }
}

fn redis(subject: &Subject<'_>) -> Row {
    let name = "Redis";
    match (subject.redis(), subject.redis_away()) {
        (Some(facts), _) if facts.keeps => {
            Row::ok(AREA, name, format!("Redis {}, a value set was the value got", facts.version))
        }
        (Some(_), _) => Row::ok(AREA, name, "a value set was not given back")
            .bad(State::Error, "is it a replica, or out of memory?"),
        (None, Some(reason)) => {
            Row::ok(AREA, name, reason).bad(State::Error, "start it; is REDIS_URL right?")
        }
        (None, None) => Row::ok(AREA, name, "none (REDIS_URL is not set): memory is used"),
    }
}

/// What nginx says of its configuration, if there is an nginx.
fn nginx() -> Row {
    let asked = Command::new("nginx").arg("-t").stdin(Stdio::null()).output();
    let Ok(output) = asked else { return Row::ok(AREA, "nginx", "not installed (not needed)") };
    if output.status.success() {
        return Row::ok(AREA, "nginx", "its configuration is sound");
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let said = said.lines().find(|line| line.contains("emerg")).unwrap_or("it says no").trim();
    Row::ok(AREA, "nginx", said).bad(State::Warning, "nginx -t tells the whole")
}
