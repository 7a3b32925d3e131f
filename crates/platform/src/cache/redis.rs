//! Counters in Redis.

use std::time::Duration as StdDuration;

use chrono::Duration;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{AsyncConnectionConfig, Client, RedisError, RedisResult};
use tokio::sync::OnceCell;

use super::explain::explain;

/// Keys of this program, so that a Redis may serve others too.
const PREFIX: &str = "clinic:";
/// A Redis that is slower than this is away: a request must not wait for it.
const TIME_LIMIT: StdDuration = StdDuration::from_millis(500);

pub(super) struct Redis {
    client: Client,
    manager: OnceCell<ConnectionManager>,
}

impl std::fmt::Debug for Redis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Redis")
    }
}

impl Redis {
    pub(super) fn new(url: &str) -> RedisResult<Self> {
        Ok(Self { client: Client::open(url)?, manager: OnceCell::new() })
    }

    /// Asks on a connection of its own: the shared one may still be trying.
    pub(super) async fn ping(&self) -> RedisResult<()> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(TIME_LIMIT))
            .set_response_timeout(Some(TIME_LIMIT));
        let mut connection =
            self.client.get_multiplexed_async_connection_with_config(&config).await?;
        redis::cmd("PING").query_async(&mut connection).await
    }

    /// The next step for the operator.
    pub(super) fn explain(&self, error: &RedisError) -> String {
        explain(error, &self.client)
    }

    async fn connection(&self) -> RedisResult<ConnectionManager> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(TIME_LIMIT))
            .set_response_timeout(Some(TIME_LIMIT))
            .set_number_of_retries(1);
        let connect = || self.client.get_connection_manager_with_config(config);
        self.manager.get_or_try_init(connect).await.cloned()
    }

    pub(super) async fn count(&self, key: &str, window: Duration) -> RedisResult<u64> {
        let mut connection = self.connection().await?;
        let key = format!("{PREFIX}{key}");
        // The expiry is set in the same transaction, so that no counter is left without one.
        let (count,): (u64,) = redis::pipe()
            .atomic()
            .incr(&key, 1)
            .cmd("EXPIRE")
            .arg(&key)
            .arg(window.num_seconds())
            .arg("NX")
            .ignore()
            .query_async(&mut connection)
            .await?;
        Ok(count)
    }

    pub(super) async fn counted(&self, key: &str) -> RedisResult<(u64, Duration)> {
        let mut connection = self.connection().await?;
        let key = format!("{PREFIX}{key}");
        let (count, seconds): (Option<u64>, i64) =
            redis::pipe().get(&key).ttl(&key).query_async(&mut connection).await?;
        Ok((count.unwrap_or(0), Duration::seconds(seconds.max(0))))
    }

    pub(super) async fn forget(&self, key: &str) -> RedisResult<()> {
        let mut connection = self.connection().await?;
        redis::cmd("DEL").arg(format!("{PREFIX}{key}")).query_async(&mut connection).await
    }
}
