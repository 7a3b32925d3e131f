//! The machine: disks, memory, clock, ports.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::{Row, State};
use crate::checks::Subject;
use crate::machine::ports::{self, Port};
use crate::machine::{bytes, disk, memory};
use crate::types::time::Moment;

const AREA: &str = "Machine";

pub(super) fn rows(subject: &Subject<'_>) -> Vec<Row> {
    let mut rows = vec![of_disk(subject), of_memory(memory::of_machine())];
    rows.push(of_clock(subject, built()));
    rows.extend([8000, 3306, 6379].map(|port| of_port(port, &ports::look(port))));
    rows
}

fn of_disk(subject: &Subject<'_>) -> Row {
    let folder = subject.config().map_or(subject.folder(), |config| &config.database.data_dir);
    let Some(space) = disk::space(folder) else {
        return Row::ok(AREA, "disk", "this system does not tell");
    };
    let detail = format!(
        "{} of {} free ({} %)",
        bytes(space.free),
        bytes(space.total),
        space.percent_free()
    );
    let row = Row::ok(AREA, "disk", detail);
    let remedy = "make room, or move DATA_DIR to a larger disk";
    if space.is_short() { row.bad(State::Warning, remedy) } else { row }
}

fn of_memory(memory: Option<memory::Memory>) -> Row {
    let Some(memory) = memory else { return Row::ok(AREA, "memory", "this system does not tell") };
    let detail = format!("{} of {} available", bytes(memory.available), bytes(memory.total));
    let row = Row::ok(AREA, "memory", detail);
    if memory.available < 128 << 20 {
        row.bad(State::Warning, "end what is not needed: the database wants memory too")
    } else {
        row
    }
}

/// When this executable was made: no clock may be before it.
fn built() -> Option<Moment> {
    let path = std::env::current_exe().ok()?;
    path.metadata().ok()?.modified().ok().map(DateTime::<Utc>::from)
}

fn of_clock(subject: &Subject<'_>, built: Option<Moment>) -> Row {
    let now = subject.clock().now();
    let zone = subject.config().map(|config| config.time_zone);
    let shown = zone.map_or_else(
        || now.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
        |zone| format!("{} ({zone})", now.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S")),
    );
    let row = Row::ok(AREA, "clock", shown);
    let remedy = "set the clock, and let it be kept: timedatectl set-ntp true";
    if now.year() < 2026 || built.is_some_and(|built| now < built - TimeDelta::days(1)) {
        return row.bad(State::Error, format!("it is before this program was made: {remedy}"));
    }
    match subject.database() {
        Some(facts) if facts.ahead.num_seconds().abs() > 5 => {
            let seconds = facts.ahead.num_seconds();
            row.bad(State::Warning, format!("the database's clock is {seconds} s ahead: {remedy}"))
        }
        _ => row,
    }
}

fn of_port(port: u16, seen: &Port) -> Row {
    let name = format!("port {port}");
    let usual = match port {
        3306 => "MySQL or MariaDB",
        6379 => "Redis",
        _ => "runserver",
    };
    match seen {
        Port::Free => Row::ok(AREA, name, format!("free ({usual} would listen here)")),
        Port::Taken(None) => Row::ok(AREA, name, "somebody listens"),
        Port::Taken(Some(process)) => {
            let row =
                Row::ok(AREA, name, format!("{} listens (process {})", process.name, process.id));
            if port == 8000 && process.name != "manage" {
                let remedy = format!("manage runserver 8001, or end process {}", process.id);
                row.bad(State::Warning, remedy)
            } else {
                row
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Subject;
    use crate::clock::Clock;
    use crate::config::Source;
    use crate::http::home::tests::PROGRAM;
    use crate::machine::ports::Process;

    #[test]
    fn a_clock_before_the_program_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let at = |seconds| {
            let clock = Clock::standing(DateTime::from_timestamp(seconds, 0).unwrap());
            let subject = Subject::new(&PROGRAM, folder.path(), Source::of(&[]), clock);
            let built = DateTime::from_timestamp(1_790_000_000, 0);
            of_clock(&subject, built).state
        };
        assert_eq!(at(1_000_000_000), State::Error);
        assert_eq!(at(1_780_000_000), State::Error, "after 2026 began, but before it was built");
        assert_eq!(at(1_790_000_100), State::Ok);
    }

    #[test]
    fn a_stranger_on_the_servers_port_is_a_warning() {
        let process = |name: &str| Port::Taken(Some(Process { id: 7, name: name.to_owned() }));
        assert_eq!(of_port(8000, &process("python3")).state, State::Warning);
        assert_eq!(of_port(8000, &process("manage")).state, State::Ok);
        assert_eq!(of_port(3306, &process("mariadbd")).state, State::Ok);
        assert_eq!(of_port(8000, &Port::Free).state, State::Ok);
    }

    #[test]
    fn little_memory_is_a_warning_and_an_unknown_one_none() {
        let of = |available| of_memory(Some(memory::Memory { available, total: 1 << 30 })).state;
        assert_eq!((of(64 << 20), of(512 << 20)), (State::Warning, State::Ok));
        assert_eq!(of_memory(None).state, State::Ok);
    }
}
