//! The statuses a new installation starts with.

use platform::db::{Changes, Tx};
use platform::error::Result;
use platform::module::Module;

use crate::appointments::model::{APPOINTMENT_STATUSES, status};
use crate::appointments::queries::statuses;

/// Fills an empty catalogue; one that has rows is the clinic's own.
pub fn after_migrate(tx: &mut Tx<'_>, _modules: &[Module]) -> Result<()> {
    if statuses::is_empty(tx)? {
        for name in status::ALL {
            let key = format!("appointments.status_{}", name.to_lowercase());
            let description = rust_i18n::t!(&key, locale = "es").into_owned();
            tx.insert(
                &APPOINTMENT_STATUSES,
                Changes::new().with("name", *name).with("description", description),
            )?;
        }
    }
    Ok(())
}
