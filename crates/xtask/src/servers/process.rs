//! The life of one server process: started, waited for, ended by its pid.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Error, Result};

const POLL: Duration = Duration::from_millis(50);
const GRACE: Duration = Duration::from_secs(10);
const LOG_LINES: usize = 25;

/// Ends the server `$1` and removes its folder `$2` once standard input closes, which happens when
/// this process dies without having dropped its servers: Ctrl-C, a time limit's SIGKILL.
/// It is deaf to the terminal's signals, or it would go first.
const WATCHDOG: &str = r#"trap '' INT HUP TERM
while read -r _; do :; done
kill "$1" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" 2>/dev/null || break; sleep 1; done
kill -9 "$1" 2>/dev/null
rm -rf "$2""#;

/// A running server; dropping it ends the process and waits until it has gone.
pub(super) struct Process {
    name: String,
    child: Child,
    watchdog: Child,
    log: PathBuf,
}

impl Process {
    /// Starts `command` in the foreground, with what it prints in `log`; `folder` is the temporary
    /// folder that has to go with it.
    pub(super) fn spawn(mut command: Command, folder: &Path, log: PathBuf) -> Result<Self> {
        let name = program_name(&command);
        let output = fs::OpenOptions::new().create(true).append(true).open(&log);
        let output = output.map_err(Error::during(format!("cannot write {}", log.display())))?;
        let errors = output.try_clone().map_err(Error::during("cannot share the log"))?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(Error::during(format!("cannot start {name}")))?;
        match watch(child.id(), folder) {
            Ok(watchdog) => Ok(Self { name, child, watchdog, log }),
            Err(cause) => {
                end(&mut child);
                Err(Error::new(format!("cannot watch over {name}: {cause}")))
            }
        }
    }

    /// Blocks until `is_ready`; an error with the end of the server's log if it dies before that or
    /// takes longer than `limit`.
    pub(super) fn wait_until(
        &mut self,
        limit: Duration,
        is_ready: impl Fn() -> bool,
    ) -> Result<()> {
        let started = Instant::now();
        while !is_ready() {
            let why = match self.child.try_wait() {
                Ok(Some(status)) => format!("ended at once ({status})"),
                Err(cause) => format!("cannot be observed ({cause})"),
                Ok(None) if started.elapsed() > limit => {
                    format!("did not answer within {} s", limit.as_secs())
                }
                Ok(None) => {
                    thread::sleep(POLL);
                    continue;
                }
            };
            let log = last_lines(&fs::read(&self.log).unwrap_or_default());
            return Err(Error::new(format!("{} {why}; the end of its log:\n{log}", self.name)));
        }
        Ok(())
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        end(&mut self.child);
        // Only now: until the server has gone it must not be without its watchdog, which has to die
        // before it reads the end of its input and touches a pid that is no longer ours.
        let _ = self.watchdog.kill();
        let _ = self.watchdog.wait();
    }
}

fn watch(pid: u32, folder: &Path) -> io::Result<Child> {
    Command::new("sh")
        .args(["-c", WATCHDOG, "watchdog", &pid.to_string()])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

/// SIGTERM, so that the server closes its files; SIGKILL if it has not gone after a while.
fn end(child: &mut Child) {
    // The pid is still ours, even if the server died by itself, since nobody has waited for it.
    if matches!(child.try_wait(), Ok(None)) {
        let _ = Command::new("kill").arg(child.id().to_string()).stderr(Stdio::null()).status();
        let asked = Instant::now();
        while matches!(child.try_wait(), Ok(None)) && asked.elapsed() < GRACE {
            thread::sleep(POLL);
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn program_name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned()
}

fn last_lines(log: &[u8]) -> String {
    let text = String::from_utf8_lossy(log);
    let lines: Vec<_> = text.lines().collect();
    let (_, tail) = lines.split_at(lines.len().saturating_sub(LOG_LINES));
    tail.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_long_log_is_shown() {
        let log: Vec<_> = (1..=100).map(|number| format!("line {number}")).collect();
        let shown = last_lines(log.join("\n").as_bytes());
        assert_eq!(shown.lines().count(), LOG_LINES);
        assert!(shown.ends_with("line 100"));
    }

    #[test]
    fn a_short_log_is_shown_whole() {
        assert_eq!(last_lines(b"one\ntwo"), "one\ntwo");
        assert_eq!(last_lines(b""), "");
    }

    #[test]
    fn a_program_is_called_by_its_file_name() {
        assert_eq!(program_name(&Command::new("bin/redis-server")), "redis-server");
    }
}
