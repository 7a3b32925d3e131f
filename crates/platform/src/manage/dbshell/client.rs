//! The clients: found by their names, given the credentials in a file only its owner reads.

use std::io::{ErrorKind, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};

use mysql::Opts;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::NamedTempFile;
use tokio::signal::unix::{SignalKind, signal};

use super::Request;
use crate::error::{Error, Result};

/// Becomes `sqlite3`; `None` if it is not installed.
pub(super) fn sqlite(path: &Path, request: &Request) -> Result<Option<i32>> {
    let mut command = Command::new("sqlite3");
    // What this program sets on its own connections, or a removed row would leave its children behind.
    command.args(["-cmd", "PRAGMA foreign_keys = ON", "-cmd", ".timeout 10000"]);
    command.arg(path).args(&request.arguments).args(&request.sql);
    let error = command.exec();
    match error.kind() {
        ErrorKind::NotFound => Ok(None),
        _ => Err(Error::failed("sqlite3 cannot be started", error)),
    }
}

/// Runs `mariadb` or `mysql`; `None` if neither is installed.
pub(super) fn server(url: &str, request: &Request) -> Result<Option<i32>> {
    // The address was checked when the configuration was read; its text holds the password and is not repeated.
    let options =
        Opts::from_url(url).map_err(|_| Error::Failed("DATABASE_URL cannot be read".to_owned()))?;
    let failed = |error| Error::failed("no file for the client's credentials", error);
    let mut file =
        tempfile::Builder::new().prefix("dbshell-").suffix(".cnf").tempfile().map_err(failed)?;
    file.write_all(credentials(&options).as_bytes()).and_then(|()| file.flush()).map_err(failed)?;
    for name in ["mariadb", "mysql"] {
        let mut command = Command::new(name);
        command.arg(format!("--defaults-extra-file={}", file.path().display()));
        command.args(options.get_db_name()).args(&request.arguments);
        if let Some(sql) = &request.sql {
            command.arg("-e").arg(sql);
        }
        match attend(command, &file) {
            Ok(status) => return Ok(Some(code(status))),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(Error::failed(&format!("{name} cannot be started"), error)),
        }
    }
    Ok(None)
}

/// The client's option file.
fn credentials(options: &Opts) -> String {
    let mut text = String::from("[client]\n");
    let mut set = |name: &str, value: &str| {
        text.push_str(&format!("{name}=\"{}\"\n", escaped(value)));
    };
    if let Some(user) = options.get_user() {
        set("user", user);
    }
    if let Some(password) = options.get_pass() {
        set("password", password);
    }
    if let Some(socket) = options.get_socket() {
        set("socket", socket);
    } else {
        set("host", &options.get_ip_or_hostname());
        set("port", &options.get_tcp_port().to_string());
        // "localhost" would mean a socket file to the client, and an address to this program.
        set("protocol", "tcp");
    }
    set("default-character-set", "utf8mb4");
    if options.get_ssl_opts().is_some() {
        text.push_str("loose-ssl\nloose-ssl-mode=REQUIRED\n");
    }
    text
}

/// A value between the quotes of an option file.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '"' => text.push_str("\\\""),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            other => text.push(other),
        }
    }
    text
}

/// Runs the client and waits. Signals end the client, not us before the file of credentials is gone.
fn attend(mut command: Command, _lives_as_long: &NamedTempFile) -> std::io::Result<ExitStatus> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut terminal = signal(SignalKind::interrupt())?;
        let mut quit = signal(SignalKind::quit())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut hang_up = signal(SignalKind::hangup())?;
        let mut child = command.spawn()?;
        let pid = pid(&child);
        let mut ended = tokio::task::spawn_blocking(move || child.wait());
        loop {
            let signal = tokio::select! {
                status = &mut ended => return status.map_err(std::io::Error::other)?,
                // The terminal sends these to the client as well: what they mean is its matter.
                _ = terminal.recv() => continue,
                _ = quit.recv() => continue,
                _ = terminate.recv() => Signal::TERM,
                _ = hang_up.recv() => Signal::HUP,
            };
            if let Some(pid) = pid {
                let _ended_meanwhile = kill_process(pid, signal);
            }
        }
    })
}

fn pid(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// The client's code; for one that a signal ended, what a shell would say.
fn code(status: ExitStatus) -> i32 {
    status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_of_a_password_ends_its_line_in_the_option_file() {
        let options = Opts::from_url("mysql://a%22b:p%23%5C%0Ax%22@h:3307/clinic").unwrap();
        let text = credentials(&options);
        assert!(
            text.contains(
                "\nuser=\"a\\\"b\"\npassword=\"p#\\\\\\nx\\\"\"\nhost=\"h\"\nport=\"3307\"\n"
            ),
            "{text}"
        );
    }
}
