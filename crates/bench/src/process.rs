//! Servers under measurement: started, asked what they use, ended by their pid.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Outcome, during};

const GRACE: Duration = Duration::from_secs(10);
/// Clock ticks a second in /proc; the kernel's user interface has had this value on every platform that
/// this program is measured on.
const TICKS_PER_SECOND: u64 = 100;

/// Ends the server `$1` once standard input closes: when the benchmark is killed without cleaning up.
const WATCHDOG: &str = "trap '' INT HUP TERM\nwhile read -r _; do :; done\nkill \"$1\" 2>/dev/null";

/// A running server; dropping it ends the process.
pub struct Server {
    child: Child,
    watchdog: Option<Child>,
}

impl Server {
    /// Starts `command`, whose words go to the file `log`.
    pub fn start(mut command: Command, log: &Path) -> Outcome<Self> {
        let file = fs::OpenOptions::new().create(true).append(true).open(log);
        let output = file.map_err(during(log.display()))?;
        let errors = output.try_clone().map_err(during(log.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(during(command.get_program().to_string_lossy()))?;
        let mut server = Self { child, watchdog: None };
        let watchdog = Command::new("sh")
            .args(["-c", WATCHDOG, "watchdog", &server.pid().to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        server.watchdog = Some(watchdog.map_err(during("watchdog"))?);
        Ok(server)
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !self.has_ended() {
            let pid = self.pid().to_string();
            let _ = Command::new("kill").arg(pid).stderr(Stdio::null()).status();
            let asked = Instant::now();
            while !self.has_ended() && asked.elapsed() < GRACE {
                thread::sleep(Duration::from_millis(5));
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        // Last, or a pid that is no longer ours could be hit.
        if let Some(mut watchdog) = self.watchdog.take() {
            let _ = watchdog.kill();
            let _ = watchdog.wait();
        }
    }
}

/// CPU time that a process has used so far, of all its threads.
pub fn cpu(pid: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name in parentheses may contain blanks; utime and stime are the 12th and 13th field after it.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks: u64 = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_micros(ticks * 1_000_000 / TICKS_PER_SECOND)
}

/// Memory of a process that is in RAM now, KiB.
pub fn resident_kib(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("");
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

/// A port of 127.0.0.1 on which nobody listens now.
pub fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(during("no free port"))?;
    Ok(listener.local_addr().map_err(during("no free port"))?.port())
}
