//! Facts of Redis.

use std::collections::HashMap;
use std::time::Duration;

use redis::{Client, Connection, RedisResult};

/// What matters of a Redis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedisFacts {
    /// Its version as text.
    pub version: String,
    /// What it forgets when its memory is full.
    pub eviction: String,
    /// Its memory limit, bytes; 0 for none.
    pub max_memory: u64,
    /// Whether it appends each change to a file.
    pub appends: bool,
    /// When it saves snapshots; empty for never.
    pub saves: String,
    /// Whether it lets somebody in without a password.
    pub is_open: bool,
    /// Whether it is on this machine.
    pub is_local: bool,
    /// Whether a value written is the value read.
    pub keeps: bool,
}

/// How long to wait for it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Reads them. The error says why it cannot be reached.
pub(in crate::checks) fn read(url: &str) -> Result<RedisFacts, String> {
    let mut facts = gather(url).map_err(|error| error.to_string())?;
    facts.is_local = is_local(url);
    Ok(facts)
}

fn connect(url: &str) -> RedisResult<Connection> {
    let connection = Client::open(url)?.get_connection_with_timeout(PATIENCE)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.set_write_timeout(Some(PATIENCE))?;
    Ok(connection)
}

fn gather(url: &str) -> RedisResult<RedisFacts> {
    let mut connection = connect(url)?;
    let info: String = redis::cmd("INFO").query(&mut connection)?;
    let info: HashMap<&str, &str> =
        info.lines().filter_map(|line| line.trim().split_once(':')).collect();
    let value = |name: &str| (*info.get(name).unwrap_or(&"")).to_owned();
    // A managed Redis may not tell its configuration; then nothing is said about it.
    let config = |connection: &mut Connection, name: &str| -> Option<String> {
        let pair: Vec<String> = redis::cmd("CONFIG").arg("GET").arg(name).query(connection).ok()?;
        pair.into_iter().nth(1)
    };
    let saves = config(&mut connection, "save").unwrap_or_else(|| "unknown".to_owned());
    Ok(RedisFacts {
        version: value("redis_version"),
        eviction: value("maxmemory_policy"),
        max_memory: value("maxmemory").parse().unwrap_or(0),
        appends: value("aof_enabled") == "1",
        saves,
        is_open: is_open(url),
        is_local: false,
        keeps: keeps(&mut connection)?,
    })
}

/// Whether a value written is the value read.
fn keeps(connection: &mut Connection) -> RedisResult<bool> {
    const KEY: &str = "clinic:doctor";
    redis::cmd("SET").arg(KEY).arg("1").arg("EX").arg(10).query::<()>(connection)?;
    let value: Option<String> = redis::cmd("GET").arg(KEY).query(connection)?;
    redis::cmd("DEL").arg(KEY).query::<()>(connection)?;
    Ok(value.as_deref() == Some("1"))
}

/// Whether it answers somebody who names no password.
fn is_open(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    connect(&format!("{scheme}://{place}"))
        .and_then(|mut connection| redis::cmd("PING").query::<String>(&mut connection))
        .is_ok()
}

fn is_local(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    let host = place.split(['/', '?']).next().unwrap_or("");
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    url.starts_with("unix") || url.starts_with("redis+unix") || is_this_machine(host)
}

/// Whether a host name means the machine itself.
pub(in crate::checks) fn is_this_machine(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
