//! A shell that types the document's commands one after the other and hears what they answer.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Longest time a command may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// Ends each command's answer; followed by its exit code.
const END: &str = "--- end of the answer: ";

/// A running shell.
pub(crate) struct Console {
    child: Child,
    stdin: ChildStdin,
    lines: Receiver<String>,
}

impl Console {
    /// In a folder, with `bin` first on the path.
    pub(crate) fn open(folder: &Path, bin: &Path) -> Self {
        let path = format!("{}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", bin.display());
        let mut child = Command::new("bash")
            .args(["--noprofile", "--norc"])
            .current_dir(folder)
            .env_clear()
            .env("PATH", path)
            .env("HOME", folder)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0) // so that what it leaves running ends with it
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        writeln!(stdin, "exec 2>&1").unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (heard, lines) = channel();
        std::thread::spawn(move || {
            for line in output.lines() {
                let Ok(line) = line else { return };
                if heard.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, stdin, lines }
    }

    /// Types a command; what it answered, and its exit code.
    pub(crate) fn run(&mut self, command: &str) -> (Vec<String>, i32) {
        // The command reads nothing of what is typed after it.
        write!(self.stdin, "{{ {command}\n}} </dev/null; printf '\\n{END}%s\\n' \"$?\"\n").unwrap();
        self.stdin.flush().unwrap();
        let mut said = Vec::new();
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line =
                line.unwrap_or_else(|_| panic!("no answer in time to {command:?}: {said:?}"));
            if let Some(code) = line.strip_prefix(END) {
                // The empty line is the one before the mark, unless the answer ended in the midst of a line.
                if said.last().is_some_and(String::is_empty) {
                    said.pop();
                }
                return (said, code.parse().unwrap());
            }
            said.push(line);
        }
    }

    /// Whether a program is installed.
    pub(crate) fn has(&mut self, program: &str) -> bool {
        self.run(&format!("command -v {program}")).1 == 0
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _ended_already = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _reaped = self.child.wait();
    }
}
