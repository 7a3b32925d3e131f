//! Who holds which role.

use platform::db::{Changes, Conn, Tx};
use platform::error::Result;

use super::seeds::BUILT_IN;
use crate::architect::model::USER_ROLES;
use crate::architect::queries::roles;

/// The built-in roles that are there: id and first name.
pub fn built_in_roles(conn: &mut Conn) -> Result<Vec<(i64, &'static str)>> {
    let mut found = Vec::new();
    for (id, name, _) in BUILT_IN {
        if roles::exists(conn, *id)? {
            found.push((*id, *name));
        }
    }
    Ok(found)
}

/// Gives a user a role.
pub fn grant(tx: &mut Tx<'_>, user: i64, role: i64) -> Result<()> {
    tx.insert(&USER_ROLES, Changes::new().with("user_id", user).with("role_id", role))?;
    tx.identities_changed();
    Ok(())
}
