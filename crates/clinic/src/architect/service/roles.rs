//! Who holds which role.

use std::collections::BTreeMap;

use platform::db::{Changes, Conn, Tx};
use platform::error::Result;
use platform::types::fold;

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

/// The built-in role that may do everything.
pub const ADMINISTRATOR: i64 = 1;

/// New ids for roles of the former program, so that the built-in roles have theirs: one that is called like a built-in
/// role becomes it, another that has its id goes behind all.
pub fn numbers_beside_built_in(roles: &[(i64, Option<String>)]) -> BTreeMap<i64, i64> {
    let built_in = |id: i64| BUILT_IN.iter().any(|(built_in, ..)| *built_in == id);
    let highest = BUILT_IN.iter().map(|(id, ..)| *id).chain(roles.iter().map(|(id, _)| *id)).max();
    let mut next = highest.unwrap_or(0);
    let mut numbers = BTreeMap::new();
    for (id, name) in roles {
        let folded = name.as_deref().map(fold);
        let same = BUILT_IN.iter().find(|(_, name, _)| Some(fold(name)) == folded);
        match same {
            Some((new, ..)) => {
                numbers.insert(*id, *new);
            }
            None if built_in(*id) => {
                next += 1;
                numbers.insert(*id, next);
            }
            None => {}
        }
    }
    numbers
}
