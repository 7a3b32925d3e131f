//! Which process holds a port, as far as the system tells it (Linux: `/proc`).

use std::fs;
use std::net::SocketAddr;

/// A process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Its number.
    pub pid: u32,
    /// Its name.
    pub name: String,
}

/// State of a listening socket in the kernel's table.
const LISTENING: &str = "0A";

/// Who listens on `address`' port. Other users' processes are not told to everybody.
#[must_use]
pub fn holder(address: SocketAddr) -> Option<Holder> {
    let sockets: Vec<String> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .into_iter()
        .filter_map(|table| fs::read_to_string(table).ok())
        .flat_map(|table| listening(&table, address.port()))
        .map(|inode| format!("socket:[{inode}]"))
        .collect();
    if sockets.is_empty() {
        return None;
    }
    fs::read_dir("/proc").ok()?.flatten().find_map(|entry| {
        let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
        let files = fs::read_dir(entry.path().join("fd")).ok()?;
        let holds = files.flatten().any(|file| {
            fs::read_link(file.path()).is_ok_and(|target| {
                sockets.iter().any(|socket| target.as_os_str() == socket.as_str())
            })
        });
        let name = || fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
        holds.then(|| Holder { pid, name: name().trim().to_owned() })
    })
}

/// The inodes of the sockets of a kernel table that listen on `port`.
fn listening(table: &str, port: u16) -> Vec<String> {
    let suffix = format!(":{port:04X}");
    let lines = table.lines().skip(1).filter_map(|line| {
        let mut fields = line.split_ascii_whitespace().skip(1);
        let local = fields.next()?;
        let state = fields.nth(1)?;
        let inode = fields.nth(5)?;
        (local.ends_with(&suffix) && state == LISTENING).then(|| inode.to_owned())
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listening_sockets_are_read_from_the_kernels_table() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
             0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0\n   \
             1: 0100007F:1F40 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0\n   \
             2: 0100007F:1F41 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4713 1 0\n";
        assert_eq!(listening(table, 8000), ["4711"]);
        assert_eq!(listening(table, 8001), ["4713"]);
        assert!(listening(table, 80).is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_is_found_by_its_port() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let found = holder(listener.local_addr().unwrap()).unwrap();
        assert_eq!(found.pid, std::process::id());
        assert!(!found.name.is_empty());
    }
}
