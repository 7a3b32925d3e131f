//! What an operator meets in a year: log files, a port in use, a database or a Redis that is away, backups.

mod backups;
mod connections;
mod logs;
mod place;
mod ports;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::support::{manage, text};

fn output(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    manage(folder, arguments).envs(settings.iter().copied()).output().unwrap()
}

/// Runs a command that has to succeed; what it said.
fn done(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> String {
    let output = output(folder, settings, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Runs a command that has to refuse with exit code 1; what it said instead.
fn refused(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> String {
    let output = output(folder, settings, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", text(&output.stdout));
    text(&output.stderr)
}

/// A running server; ended when it goes out of sight.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts on a port the machine chooses and waits until it listens; its warnings go to `errors`.
    fn start(folder: &Path, settings: &[(&str, &str)], errors: &Path) -> Self {
        let mut command = manage(folder, &["runserver", "127.0.0.1:0"]);
        command.envs(settings.iter().copied()).stdout(Stdio::piped());
        command.stderr(std::fs::File::create(errors).unwrap());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .map_while(Result::ok)
            .find_map(|line| {
                let rest = line.strip_prefix("Listening on http://")?;
                Some(rest.split('/').next()?.to_owned())
            })
            .unwrap_or_else(|| panic!("it ended: {:?}", std::fs::read_to_string(errors)));
        Self { child, address }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = agent.get(format!("http://{}{path}", self.address)).call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    }

    /// Asks it to stop, and waits until it did.
    fn stop(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _reaped = self.child.wait();
    }
}
