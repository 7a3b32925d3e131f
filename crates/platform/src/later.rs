//! Work that an answer does not wait for: it would tell the asker, by how long it takes, what he may not know. It is
//! done before the program stops.

use tokio::sync::watch;

use crate::error::Result;

/// Counts what is under way.
#[derive(Debug)]
pub struct Later(watch::Sender<usize>);

impl Default for Later {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

/// Counts down however the work ends.
struct UnderWay(watch::Sender<usize>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

impl Later {
    /// Begins work; a failure is told in the log under `name`.
    pub fn begin<F>(&self, name: &'static str, work: F)
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        self.0.send_modify(|count| *count += 1);
        let under_way = UnderWay(self.0.clone());
        tokio::spawn(async move {
            if let Err(error) = work.await {
                tracing::error!(work = name, reason = %error, "work after an answer failed");
            }
            drop(under_way);
        });
    }

    /// Waits until nothing is under way.
    pub async fn settled(&self) {
        let mut counts = self.0.subscribe();
        // The sender lives as long as this.
        let _never_closed = counts.wait_for(|count| *count == 0).await;
    }
}
