//! Why Redis cannot be used, told so that the operator knows the next step. Never the password.

use redis::{Client, ConnectionAddr, ErrorKind, RedisError};

pub(super) fn explain(error: &RedisError, client: &Client) -> String {
    let place = match client.get_connection_info().addr() {
        ConnectionAddr::Tcp(host, port) => format!("{host}:{port}"),
        ConnectionAddr::Unix(path) => path.display().to_string(),
        other => other.to_string(),
    };
    let said = error.to_string();
    if error.is_connection_refusal() {
        return format!(
            "no Redis listens at {place} (connection refused): start it, for example `systemctl start redis-server`, or \
             correct REDIS_URL"
        );
    }
    if said.contains("lookup address") {
        return format!("no machine has the name in REDIS_URL, {place}: correct the host");
    }
    if said.contains("NOAUTH") {
        return format!(
            "the Redis at {place} wants a password (NOAUTH): write REDIS_URL=redis://:password@host:port/0"
        );
    }
    if error.kind() == ErrorKind::AuthenticationFailed || said.contains("WRONGPASS") {
        return format!(
            "the Redis at {place} refuses the user or password in REDIS_URL (WRONGPASS): correct it, percent-encoded"
        );
    }
    let number = client.get_connection_info().redis_settings().db();
    if said.contains("DB index") || said.contains("switch database") {
        return format!(
            "the Redis at {place} has no database number {number}: use a lower one at the end of REDIS_URL, such as /0, or \
             raise `databases` in redis.conf"
        );
    }
    if error.kind() == ErrorKind::Parse || error.is_connection_dropped() {
        return format!(
            "what listens at {place} does not speak Redis's protocol, or hung up ({said}): check the port in REDIS_URL \
             (Redis's is 6379)"
        );
    }
    if error.is_timeout() {
        return format!(
            "the Redis at {place} does not answer in time: check REDIS_URL, the network, and that it is not overloaded"
        );
    }
    format!("the Redis at {place} cannot be used ({said})")
}
