//! The only caller of the system clock, and a standing clock for tests.

use std::sync::Arc;

use chrono::{Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use parking_lot::Mutex;

use crate::types::time::{Moment, truncate};

/// Tells the time. A standing clock moves only when told to.
#[derive(Clone, Debug)]
pub struct Clock(Option<Arc<Mutex<Moment>>>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands at `moment`.
    #[must_use]
    pub fn standing(moment: Moment) -> Self {
        Self(Some(Arc::new(Mutex::new(truncate(moment)))))
    }

    /// Now, UTC, whole microseconds.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one home of the system clock")]
    pub fn now(&self) -> Moment {
        match &self.0 {
            Some(standing) => *standing.lock(),
            None => truncate(Utc::now()),
        }
    }

    /// The civil day at `zone` now.
    #[must_use]
    pub fn today(&self, zone: Tz) -> NaiveDate {
        self.now().with_timezone(&zone).date_naive()
    }

    /// Moves a standing clock; a running one is left alone.
    pub fn advance(&self, by: Duration) {
        if let Some(standing) = &self.0 {
            let mut now = standing.lock();
            *now += by;
        }
    }
}
