//! Finds the programs that tests and benchmarks start, and installs them where that is allowed.
//!
//! Allowed means: a Debian-like machine with `apt-get`, as root or with a sudo that asks no password,
//! which is what CI machines and containers are. Anywhere else the person is told what is missing.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::{Error, Result};

/// A program that must be there, and the Debian package that brings it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The executable's name.
    pub program: &'static str,
    /// The package that contains it.
    pub package: &'static str,
}

/// The database server of the tests on MariaDB.
pub const MARIADB: Need = Need { program: "mariadbd", package: "mariadb-server" };
/// Makes the system tables of a new MariaDB data folder.
pub const MARIADB_INSTALL_DB: Need =
    Need { program: "mariadb-install-db", package: "mariadb-server" };
/// The cache server of the tests.
pub const REDIS: Need = Need { program: "redis-server", package: "redis-server" };
/// The load generator of the benchmark.
pub const WRK: Need = Need { program: "wrk", package: "wrk" };

/// What the flow document's commands call besides the servers' own clients.
pub const CURL: Need = Need { program: "curl", package: "curl" };
/// The same: who listens on a port.
pub const NETSTAT: Need = Need { program: "netstat", package: "net-tools" };

/// Everything that the tests on real servers start or call.
pub const SERVERS: [Need; 5] = [MARIADB, MARIADB_INSTALL_DB, REDIS, CURL, NETSTAT];

/// Who may install packages on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Installer {
    Root,
    Sudo,
    Nobody,
}

/// Sees to it that every program of `needs` is on this machine; installs the missing ones if it may.
///
/// The package manager's own output goes to the terminal.
pub fn ensure(needs: &[Need]) -> Result<()> {
    let missing = missing(needs, |program| find(program).is_some());
    if missing.is_empty() {
        return Ok(());
    }
    let installer = installer();
    let steps = apt_steps(installer, &packages(&missing));
    if steps.is_empty() {
        return Err(Error::new(missing_message(&missing)));
    }
    let mut last = Ok(());
    for step in &steps {
        // A mirror that is half down fails the update and still serves the package: the last step,
        // the installation, decides.
        last = run(step);
    }
    last?;
    let still = self::missing(needs, |program| find(program).is_some());
    if still.is_empty() { Ok(()) } else { Err(Error::new(missing_message(&still))) }
}

/// Where `program` is: on the `PATH`, or in a folder for servers that ordinary users' `PATH` leaves out.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(&file))
        .find(|candidate| candidate.is_file())
}

/// Like [`find`], for a program that must be started now.
pub fn locate(need: Need) -> Result<PathBuf> {
    find(need.program).ok_or_else(|| Error::new(missing_message(&[need])))
}

/// Whether this process is root, for whom servers must change to a user of their own.
pub(crate) fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn missing(needs: &[Need], is_there: impl Fn(&str) -> bool) -> Vec<Need> {
    needs.iter().copied().filter(|need| !is_there(need.program)).collect()
}

fn packages(missing: &[Need]) -> Vec<&'static str> {
    let mut packages: Vec<_> = missing.iter().map(|need| need.package).collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}

fn installer() -> Installer {
    if find("apt-get").is_none() {
        Installer::Nobody
    } else if is_root() {
        Installer::Root
    } else if succeeds("sudo", &["-n", "true"]) {
        Installer::Sudo
    } else {
        Installer::Nobody
    }
}

/// The command lines that install `packages`; none where nobody may.
fn apt_steps(installer: Installer, packages: &[&str]) -> Vec<Vec<String>> {
    let sudo: &[&str] = match installer {
        Installer::Root => &[],
        Installer::Sudo => &["sudo", "-n"],
        Installer::Nobody => return Vec::new(),
    };
    // `env` in front, since sudo drops the environment. The lock: another apt may be running.
    let apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"];
    let update = sudo.iter().chain(&apt).chain(&["update"]);
    let install = sudo
        .iter()
        .chain(&apt)
        .chain(&["install", "-y", "--no-install-recommends"])
        .chain(packages)
        .map(ToString::to_string);
    vec![update.map(ToString::to_string).collect(), install.collect()]
}

fn run(step: &[String]) -> Result<()> {
    let line = step.join(" ");
    let Some((program, arguments)) = step.split_first() else { return Ok(()) };
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .status()
        .map_err(Error::during(format!("cannot run `{line}`")))?;
    if status.success() { Ok(()) } else { Err(Error::new(format!("`{line}` failed: {status}"))) }
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn missing_message(missing: &[Need]) -> String {
    let programs: Vec<_> = missing.iter().map(|need| need.program).collect();
    format!(
        "not found: {}. On Debian or Ubuntu: `sudo apt-get install {}`; elsewhere install the \
         packages of the same purpose and put the programs on the PATH. Tests without any server: \
         `cargo xtask test --embedded`.",
        programs.join(", "),
        packages(missing).join(" "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_missing_where_all_programs_are_there() {
        assert_eq!(missing(&SERVERS, |_| true), []);
    }

    #[test]
    fn a_package_that_brings_two_missing_programs_is_installed_once() {
        let missing = missing(&SERVERS, |_| false);
        assert_eq!(missing, SERVERS);
        assert_eq!(packages(&missing), ["curl", "mariadb-server", "net-tools", "redis-server"]);
    }

    #[test]
    fn root_installs_without_sudo() {
        let lines: Vec<_> =
            apt_steps(Installer::Root, &["wrk"]).iter().map(|step| step.join(" ")).collect();
        assert_eq!(
            lines,
            [
                "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update",
                "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
                 install -y --no-install-recommends wrk",
            ]
        );
    }

    #[test]
    fn sudo_never_asks_for_a_password() {
        let steps = apt_steps(Installer::Sudo, &["redis-server", "wrk"]);
        assert_eq!(steps.len(), 2);
        for step in &steps {
            assert!(step.join(" ").starts_with("sudo -n env "), "{step:?}");
        }
        let install = steps.last().map(|step| step.join(" ")).unwrap_or_default();
        assert!(install.ends_with(" redis-server wrk"), "{install}");
    }

    #[test]
    fn nothing_is_installed_where_nobody_may() {
        assert!(apt_steps(Installer::Nobody, &["wrk"]).is_empty());
    }

    #[test]
    fn the_message_names_programs_packages_and_the_way_without_them() {
        let message = missing_message(&[MARIADB, MARIADB_INSTALL_DB, REDIS]);
        assert!(message.contains("mariadbd, mariadb-install-db, redis-server"), "{message}");
        assert!(message.contains("apt-get install mariadb-server redis-server`"), "{message}");
        assert!(message.contains("--embedded"), "{message}");
    }

    #[test]
    fn an_unknown_program_is_not_found() {
        assert_eq!(find("no-program-has-this-name"), None);
    }
}
