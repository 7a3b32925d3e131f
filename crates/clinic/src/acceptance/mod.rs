//! What the clinic proves of itself where it is installed: `manage test` away from its source. Each scenario asks the
//! running program as a client does, and makes what it needs.

mod accounts;
mod booking;
mod desk;
mod values;

use platform::acceptance::Scenario;

/// All of them, in the order of a first day.
pub fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    all.extend(accounts::SCENARIOS);
    all.extend(values::SCENARIOS);
    all.extend(booking::SCENARIOS);
    all
}
