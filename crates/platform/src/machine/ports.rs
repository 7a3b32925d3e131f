//! Who listens on a port of this machine.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

/// A port and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Port {
    /// Nobody listens.
    Free,
    /// Somebody listens: the process, where the system tells (Linux, and processes of this user).
    Taken(Option<Process>),
}

/// A process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
}

/// Who listens on a port of this machine.
#[must_use]
pub fn look(port: u16) -> Port {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let answers = TcpStream::connect_timeout(&address, Duration::from_millis(300)).is_ok();
    match holder(port) {
        Some(process) => Port::Taken(Some(process)),
        None if answers => Port::Taken(None),
        None => Port::Free,
    }
}

/// The process that listens on a port.
#[must_use]
pub fn holder(port: u16) -> Option<Process> {
    let sockets: Vec<String> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|table| std::fs::read_to_string(table).ok())
        .flat_map(|table| listening(&table, port))
        .map(|inode| format!("socket:[{inode}]"))
        .collect();
    if sockets.is_empty() {
        return None;
    }
    let processes = std::fs::read_dir("/proc").ok()?.flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .find(|id| holds(&Path::new("/proc").join(id.to_string()), &sockets))
        .map(|id| {
            let name = std::fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
            Process { id, name: name.trim().to_owned() }
        })
}

fn holds(process: &Path, sockets: &[String]) -> bool {
    let Ok(files) = std::fs::read_dir(process.join("fd")) else { return false };
    files
        .flatten()
        .filter_map(|file| std::fs::read_link(file.path()).ok())
        .any(|target| target.to_str().is_some_and(|target| sockets.iter().any(|s| s == target)))
}

/// Socket numbers of the listeners on a port, out of the kernel's table.
fn listening(table: &str, port: u16) -> Vec<String> {
    const LISTEN: &str = "0A";
    let lines = table.lines().skip(1);
    lines
        .filter_map(|line| {
            let mut words = line.split_whitespace().skip(1);
            let local = words.next()?;
            let state = words.nth(1)?;
            let inode = words.nth(5)?;
            let number = u16::from_str_radix(local.rsplit_once(':')?.1, 16).ok()?;
            (state == LISTEN && number == port).then(|| inode.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_listener_of_this_process_is_found_by_name_and_number() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let Port::Taken(process) = look(port) else { panic!("it listens") };
        if cfg!(target_os = "linux") {
            assert_eq!(process.unwrap().id, std::process::id());
        }
        drop(listener);
        assert_eq!(look(port), Port::Free);
    }

    #[test]
    fn the_kernels_table_is_read_by_state_and_port() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
             0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0 100 0 0 10 0\n\
             1: 0100007F:1F40 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 4343 1 0 100 0 0 10 0\n";
        assert_eq!(listening(table, 8000), ["4242"]);
        assert!(listening(table, 8001).is_empty());
    }
}
