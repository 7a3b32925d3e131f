//! One's own password.

use platform::auth::{Accounts, session};
use platform::db::{Changes, Tx};
use platform::error::{Refusal, Result};
use platform::i18n::Text;

use super::absent;
use crate::profiles::model::USERS;
use crate::profiles::queries::profiles as queries;

/// The log-in that goes on.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// The log-in of the token.
    pub family: Option<&'a str>,
    /// The browser's session.
    pub session: Option<i64>,
}

/// Gives a user the password he chose. His other log-ins end; the one he does it with goes on. `verified` is the hash
/// that he proved to know: a password that changed meanwhile was not proved.
pub fn change_own_password(
    tx: &mut Tx<'_>,
    accounts: &dyn Accounts,
    id: i64,
    verified: &str,
    hash: &str,
    kept: Kept<'_>,
) -> Result<()> {
    if queries::held_hash(tx, id)?.ok_or_else(absent)? != verified {
        let text = Text::key("profiles.password_raced");
        return Err(Refusal::conflict("password_raced", text).into());
    }
    let changes = Changes::new()
        .with("password", hash)
        .with("password_changed_at", tx.now())
        .with("password_change", false);
    tx.update(&USERS, id, changes)?;
    accounts.end_log_ins(tx, id, kept.family)?;
    session::end_others(tx, id, kept.session)?;
    tx.identities_changed();
    Ok(())
}
