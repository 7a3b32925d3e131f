//! Free TCP ports.

use std::net::{Ipv4Addr, TcpListener};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Error, Result};

// Below the ports that operating systems give to outgoing connections. Among those, another
// connection could take the port before its server does, and a client that waits for its server
// could even connect to itself.
const FIRST: u32 = 20_000;
const COUNT: u32 = 12_000;

static TAKEN: AtomicU32 = AtomicU32::new(0);

/// A port of 127.0.0.1 on which nobody listens now, never the same twice in one process.
///
/// Processes begin at places of their own, so that two test runs on one machine hardly meet.
pub(super) fn free() -> Result<u16> {
    let start = process::id().wrapping_mul(101);
    for _ in 0..COUNT {
        let offset = start.wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed)) % COUNT;
        let Ok(port) = u16::try_from(FIRST + offset) else { continue };
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    Err(Error::new("no TCP port of 127.0.0.1 is free"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn free_ports_differ() -> Result<()> {
        let ports = (0..50).map(|_| free()).collect::<Result<BTreeSet<_>>>()?;
        assert_eq!(ports.len(), 50);
        Ok(())
    }

    #[test]
    fn a_free_port_can_be_bound() -> Result<()> {
        let port = free()?;
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok());
        Ok(())
    }
}
