//! A log file whose current name never changes, so that `tail -F` works; at the clinic's midnight what it holds gets
//! the day's name and a new one begins.
//!
//! Several processes may write the same file: each opens it for appending, and they rotate one after the other
//! under a lock. The first line's day decides whether there is something to rotate, so only the first of them does it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;

use super::folder;
use crate::clock::Clock;
use crate::types::time::{self, Moment};

/// How often it is looked whether the file is still the one of that name (it may have been moved or removed).
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Where a line says its day, in either format.
const DAY_WITHIN: u64 = 64;

pub(super) struct Rolling {
    folder: PathBuf,
    name: &'static str,
    clock: Clock,
    zone: Tz,
    keep: Option<Days>,
    file: File,
    /// The clinic's next midnight.
    until: Moment,
    looked: Instant,
}

impl Rolling {
    /// Opens the current file, after setting aside what an earlier day left.
    pub(super) fn open(
        folder: &Path,
        name: &'static str,
        clock: &Clock,
        zone: Tz,
        keep: Option<Days>,
    ) -> io::Result<Self> {
        let today = clock.today(zone);
        set_aside(folder, name, zone, today, keep)?;
        Ok(Self {
            file: append_to(&folder.join(name))?,
            folder: folder.to_owned(),
            name,
            clock: clock.clone(),
            zone,
            keep,
            until: midnight_after(zone, today),
            looked: Instant::now(),
        })
    }

    /// Writes a line, in the day's file.
    pub(super) fn write(&mut self, line: &[u8]) -> io::Result<()> {
        self.turn()?;
        self.file.write_all(line)
    }

    /// Begins a new file if the day is over, or opens it again if somebody moved or removed it.
    pub(super) fn turn(&mut self) -> io::Result<()> {
        let path = self.folder.join(self.name);
        if self.clock.now() >= self.until {
            let today = self.clock.today(self.zone);
            folder::create(&self.folder)?;
            set_aside(&self.folder, self.name, self.zone, today, self.keep)?;
            self.file = append_to(&path)?;
            self.until = midnight_after(self.zone, today);
        } else if self.looked.elapsed() >= LOOK_EVERY {
            self.looked = Instant::now();
            let ours = self.file.metadata()?.ino();
            if fs::metadata(&path).map_or(true, |there| there.ino() != ours) {
                folder::create(&self.folder)?;
                self.file = append_to(&path)?;
            }
        }
        Ok(())
    }
}

fn append_to(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).mode(0o640).open(path)
}

/// The first moment of the day after `day`; some zones skip midnight on the day their clocks change.
fn midnight_after(zone: Tz, day: NaiveDate) -> Moment {
    let next = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
    let local =
        |hours| zone.from_local_datetime(&(next + chrono::Duration::hours(hours))).earliest();
    let moment = local(0).or_else(|| local(1));
    moment.map_or_else(|| next.and_utc(), |moment| moment.to_utc())
}

/// Gives the lines of an earlier day that day's name, and removes what is older than it is kept.
fn set_aside(
    folder: &Path,
    name: &str,
    zone: Tz,
    today: NaiveDate,
    keep: Option<Days>,
) -> io::Result<()> {
    let lock = append_to(&folder.join(".rotate.lock"))?;
    lock.lock()?; // let go when closed
    let path = folder.join(name);
    if let Some(day) = day_of(&path, zone)?
        && day < today
    {
        fs::rename(&path, unused(folder, name, day)?)?;
    }
    if let Some(first_kept) = keep.and_then(|days| today.checked_sub_days(days)) {
        for old in folder::before(folder, first_kept)? {
            fs::remove_file(old.path)?;
        }
    }
    Ok(())
}

/// The day of a file's first line; of its last change if the line says none; `None` if there is no line.
fn day_of(path: &Path, zone: Tz) -> io::Result<Option<NaiveDate>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let modified = file.metadata()?.modified()?;
    let mut start = Vec::new();
    file.take(DAY_WITHIN).read_to_end(&mut start)?;
    if start.is_empty() {
        return Ok(None);
    }
    let said = start.windows(10).find_map(|ten| time::parse_date(std::str::from_utf8(ten).ok()?));
    let changed =
        || chrono::DateTime::<chrono::Utc>::from(modified).with_timezone(&zone).date_naive();
    Ok(Some(said.unwrap_or_else(changed)))
}

/// A name of that day that no file has yet.
fn unused(folder: &Path, name: &str, day: NaiveDate) -> io::Result<PathBuf> {
    let first = format!("{name}.{}", time::stored_date(day));
    let names = std::iter::once(first.clone()).chain((1..10_000).map(|n| format!("{first}.{n}")));
    for candidate in names {
        let path = folder.join(candidate);
        if !path.try_exists()? {
            return Ok(path);
        }
    }
    Err(io::Error::other("too many files of that day"))
}
