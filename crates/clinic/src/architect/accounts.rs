//! The users' table as the engine room asks for it.

use std::collections::HashSet;

use platform::auth::{Account, Accounts, Credential, Identity, State};
use platform::db::{Conn, Tx};
use platform::error::Result;
use platform::types::time::Moment;

use super::queries::{families, roles};
use crate::profiles;

/// Users, their roles and their ended log-ins.
#[derive(Debug)]
pub struct ClinicAccounts;

impl Accounts for ClinicAccounts {
    fn state(&self, conn: &mut Conn, user_id: i64, now: Moment) -> Result<State> {
        let Some(user) = profiles::login_state(conn, user_id)? else { return Ok(State::Unknown) };
        if !user.is_active {
            return Ok(State::Inactive);
        }
        let permissions: HashSet<String> =
            roles::permissions_of(conn, user_id)?.into_iter().collect();
        let ended_families: HashSet<String> =
            families::ended(conn, user_id, now)?.into_iter().collect();
        Ok(State::Active(Identity::new(Account {
            id: user_id,
            email: user.email,
            user_name: user.user_name,
            is_superuser: user.is_superuser,
            is_staff: user.is_staff,
            epoch: user.epoch,
            permissions,
            ended_families,
        })))
    }

    fn credential(&self, conn: &mut Conn, login: &str) -> Result<Option<Credential>> {
        Ok(profiles::credential(conn, login)?)
    }

    fn logged_in(&self, tx: &mut Tx<'_>, user_id: i64, new_hash: Option<&str>) -> Result<()> {
        Ok(profiles::record_login(tx, user_id, new_hash)?)
    }

    fn end_log_ins(&self, tx: &mut Tx<'_>, user_id: i64, kept: Option<&str>) -> Result<()> {
        families::end_others(tx, user_id, kept)?;
        tx.identities_changed();
        Ok(())
    }

    fn has_administrator(&self, conn: &mut Conn) -> Result<bool> {
        Ok(profiles::has_superuser(conn)?)
    }
}
