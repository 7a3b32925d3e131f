//! A throw-away MariaDB.

use std::ffi::OsString;
use std::io::Read;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::ports;
use super::process::Process;
use crate::{Error, Result, provision};

const START_LIMIT: Duration = Duration::from_mins(1);
const ANSWER_LIMIT: Duration = Duration::from_secs(2);

/// When a committed transaction is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// About once a second. Tests lose nothing by it and run much faster.
    Relaxed,
    /// Before the commit returns, as in production: the only fair setting for a benchmark.
    Full,
}

/// A MariaDB server whose `root` has no password; it listens on 127.0.0.1 only.
pub struct MariaDb {
    port: u16,
    // Fields are dropped in this order: first the server ends, then its folder goes.
    process: Process,
    _folder: TempDir,
}

impl MariaDb {
    /// Makes an empty data folder, starts a server on it and returns once it answers.
    pub fn start(durability: Durability) -> Result<Self> {
        let program = provision::locate(provision::MARIADB)?;
        let user = server_user();
        let folder = data_folder(user)?;
        install(folder.path(), user)?;
        let port = ports::free()?;
        let mut command = Command::new(program);
        command.args(server_arguments(folder.path(), port, user, durability));
        let log = folder.path().join("mariadb.log");
        let mut process = Process::spawn(command, folder.path(), log)?;
        process.wait_until(START_LIMIT, || greets(port).unwrap_or(false))?;
        Ok(Self { port, process, _folder: folder })
    }

    /// Where clients connect, without a database: each test makes its own.
    pub fn url(&self) -> String {
        format!("mysql://root@127.0.0.1:{}/", self.port)
    }

    /// The server's process, for measuring what it uses.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }
}

/// The user that the server becomes: mariadbd refuses to stay root unless told to.
fn server_user() -> Option<&'static str> {
    if !provision::is_root() {
        return None;
    }
    let id = Command::new("id").arg("mysql").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if id.is_ok_and(|status| status.success()) { Some("mysql") } else { Some("root") }
}

/// In `/tmp` and not in `TMPDIR`, which may lie in a folder that the server's user cannot enter.
fn data_folder(user: Option<&str>) -> Result<TempDir> {
    let folder = tempfile::Builder::new()
        .prefix("clinic-mariadb-")
        .tempdir_in("/tmp")
        .map_err(Error::during("cannot make a folder for MariaDB"))?;
    if let Some(user) = user {
        let mut chown = Command::new("chown");
        run(chown.arg(user).arg(folder.path()))?;
        let mut chmod = Command::new("chmod");
        run(chmod.arg("755").arg(folder.path()))?;
    }
    Ok(folder)
}

fn install(folder: &Path, user: Option<&str>) -> Result<()> {
    let mut command = Command::new(provision::locate(provision::MARIADB_INSTALL_DB)?);
    command.args(install_arguments(folder, user));
    // Its bootstrap server has no other way to be told, and may be unable to enter this one's TMPDIR.
    command.env("TMPDIR", folder);
    run(&mut command)
}

fn install_arguments(folder: &Path, user: Option<&str>) -> Vec<OsString> {
    // Without --skip-test-db an anonymous user is made, which wins over 'x'@'%' for connections from
    // 127.0.0.1.
    let fixed = ["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"];
    let mut arguments: Vec<_> = fixed.map(OsString::from).into();
    arguments.push(option("--datadir=", &folder.join("data")));
    arguments.extend(user.map(|user| OsString::from(format!("--user={user}"))));
    arguments
}

fn server_arguments(
    folder: &Path,
    port: u16,
    user: Option<&str>,
    durability: Durability,
) -> Vec<OsString> {
    let flush = match durability {
        Durability::Relaxed => 2,
        Durability::Full => 1,
    };
    let mut arguments: Vec<_> = [
        "--no-defaults", // must stay first
        "--bind-address=127.0.0.1",
        "--skip-name-resolve",
        "--character-set-server=utf8mb4",
        "--max-connections=500",
        "--innodb-buffer-pool-size=256M",
    ]
    .map(OsString::from)
    .into();
    arguments.push(format!("--port={port}").into());
    arguments.push(format!("--innodb-flush-log-at-trx-commit={flush}").into());
    arguments.push(option("--datadir=", &folder.join("data")));
    arguments.push(option("--tmpdir=", folder));
    arguments.push(option("--socket=", &folder.join("mariadb.sock")));
    arguments.push(option("--pid-file=", &folder.join("mariadb.pid")));
    arguments.extend(user.map(|user| OsString::from(format!("--user={user}"))));
    arguments
}

fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}

/// Whether the server sends its greeting, which it does only when it can serve.
fn greets(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(ANSWER_LIMIT))?;
    let mut packet = [0; 5];
    stream.read_exact(&mut packet)?;
    // Four bytes of header, then the protocol's version; an error packet has 0xff there.
    let [_, _, _, _, version] = packet;
    Ok(version == 10)
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(Error::during(format!("cannot run {name}")))?;
    if output.status.success() {
        return Ok(());
    }
    Err(Error::new(format!(
        "{name} failed ({}):\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(user: Option<&str>, durability: Durability) -> Vec<OsString> {
        server_arguments(Path::new("folder"), 20_001, user, durability)
    }

    #[test]
    fn durability_decides_when_the_log_is_flushed() {
        let full = arguments(None, Durability::Full);
        assert!(full.contains(&"--innodb-flush-log-at-trx-commit=1".into()));
        let relaxed = arguments(None, Durability::Relaxed);
        assert!(relaxed.contains(&"--innodb-flush-log-at-trx-commit=2".into()));
    }

    #[test]
    fn the_machines_own_configuration_is_never_read() {
        let first = Some(&OsString::from("--no-defaults"));
        assert_eq!(arguments(None, Durability::Full).first(), first);
        assert_eq!(install_arguments(Path::new("folder"), None).first(), first);
    }

    #[test]
    fn only_root_changes_the_user() {
        let users = |arguments: Vec<OsString>| {
            arguments.iter().filter(|argument| *argument == "--user=mysql").count()
        };
        assert_eq!(users(arguments(None, Durability::Full)), 0);
        assert_eq!(users(arguments(Some("mysql"), Durability::Full)), 1);
        assert_eq!(users(install_arguments(Path::new("folder"), None)), 0);
        assert_eq!(users(install_arguments(Path::new("folder"), Some("mysql"))), 1);
    }

    #[test]
    fn the_server_listens_on_its_port_of_this_machine_only() {
        let arguments = arguments(None, Durability::Full);
        assert!(arguments.contains(&"--port=20001".into()));
        assert!(arguments.contains(&"--bind-address=127.0.0.1".into()));
    }
}
