//! A throw-away Redis.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use super::ports;
use super::process::Process;
use crate::{Error, Result, provision};

const START_LIMIT: Duration = Duration::from_secs(30);
const ANSWER_LIMIT: Duration = Duration::from_secs(1);

/// A Redis server that keeps nothing on disk.
pub struct Redis {
    port: u16,
    // Fields are dropped in this order: first the server ends, then its folder goes.
    process: Process,
    _folder: TempDir,
}

impl Redis {
    /// Starts a server and returns once it answers.
    pub fn start() -> Result<Self> {
        let program = provision::locate(provision::REDIS)?;
        let folder = tempfile::Builder::new()
            .prefix("clinic-redis-")
            .tempdir()
            .map_err(Error::during("cannot make a folder for Redis"))?;
        let port = ports::free()?;
        let mut command = Command::new(program);
        command.arg("--port").arg(port.to_string());
        command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        command.arg("--dir").arg(folder.path());
        let log = folder.path().join("redis.log");
        let mut process = Process::spawn(command, folder.path(), log)?;
        process.wait_until(START_LIMIT, || answers(port).unwrap_or(false))?;
        Ok(Self { port, process, _folder: folder })
    }

    /// Where clients connect: database 0 of this server.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// The server's process, for measuring what it uses.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }
}

fn answers(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(ANSWER_LIMIT))?;
    stream.write_all(b"PING\r\n")?;
    let mut answer = [0; 5];
    stream.read_exact(&mut answer)?;
    Ok(&answer == b"+PONG")
}
