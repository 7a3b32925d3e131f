//! Roles, what they permit and who holds them.

use std::collections::BTreeMap;

use platform::auth::Identity;
use platform::db::{Changes, Conn, Tx};
use platform::error::{Error, Refusal, Result};
use platform::i18n::Text;
use platform::types::fold;

use super::powers;
use super::seeds::BUILT_IN;
use crate::architect::model::{ROLE_PERMISSIONS, ROLES, USER_ROLES};
use crate::architect::queries::{roles, users};

/// Whether every installation has the role, under this id.
#[must_use]
pub fn is_built_in(id: i64) -> bool {
    BUILT_IN.iter().any(|(known, ..)| *known == id)
}

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

/// Gives a user roles that the actor may give; those already held stay.
pub fn give(tx: &mut Tx<'_>, actor: &Identity, user: i64, wanted: &[i64]) -> Result<()> {
    let held = users::role_links(tx, user)?;
    for role in wanted.iter().filter(|role| held.iter().all(|(_, known)| known != *role)) {
        if !roles::exists(tx, *role)? {
            let text = Text::key("error.does_not_exist").with("id", role);
            return Err(Refusal::field("roles", "does_not_exist", text).into());
        }
        let permissions = roles::permissions_of_role(tx, *role)?;
        powers::check(actor, &permissions)?;
        grant(tx, user, *role)?;
    }
    Ok(())
}

/// Makes these the user's roles.
pub fn set(tx: &mut Tx<'_>, actor: &Identity, user: i64, wanted: &[i64]) -> Result<()> {
    for (link, role) in users::role_links(tx, user)? {
        if !wanted.contains(&role) {
            tx.delete(&USER_ROLES, link)?;
            tx.identities_changed();
        }
    }
    give(tx, actor, user, wanted)
}

/// [`set`] or [`give`] for a user whom the actor may change.
pub fn assign(
    tx: &mut Tx<'_>,
    actor: &Identity,
    user: i64,
    wanted: &[i64],
    replaces: bool,
) -> Result<()> {
    let standing = powers::may_manage(tx, actor, user)?;
    if standing.is_deleted {
        return Err(crate::profiles::no_such_user());
    }
    if replaces { set(tx, actor, user, wanted) } else { give(tx, actor, user, wanted) }
}

/// A permission as a client names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// By number.
    Id(i64),
    /// By name.
    Name(String),
}

/// Makes a role and returns the id.
pub fn create(
    tx: &mut Tx<'_>,
    actor: &Identity,
    row: &Changes,
    permissions: Option<&[Named]>,
) -> Result<i64> {
    let id = tx.insert(&ROLES, row.clone())?;
    if let Some(permissions) = permissions {
        permit(tx, actor, id, permissions, true)?;
    }
    Ok(id)
}

/// Changes a role.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Identity,
    id: i64,
    changes: &Changes,
    permissions: Option<&[Named]>,
) -> Result<()> {
    may_change(tx, actor, id)?;
    tx.update(&ROLES, id, changes.clone())?;
    if let Some(permissions) = permissions {
        permit(tx, actor, id, permissions, true)?;
    }
    Ok(())
}

/// Removes a role; whoever held it holds it no more. The built-in ones stay: clients know their ids.
pub fn remove(tx: &mut Tx<'_>, actor: &Identity, id: i64) -> Result<()> {
    may_change(tx, actor, id)?;
    if is_built_in(id) {
        return Err(Refusal::conflict("built_in_role", Text::key("architect.built_in_role")).into());
    }
    tx.delete(&ROLES, id)?;
    tx.identities_changed();
    Ok(())
}

/// Lets a role permit more; or exactly this, if it `replaces`.
pub fn permit(
    tx: &mut Tx<'_>,
    actor: &Identity,
    role: i64,
    wanted: &[Named],
    replaces: bool,
) -> Result<()> {
    may_change(tx, actor, role)?;
    let known = roles::permissions(tx)?;
    let mut ids = Vec::with_capacity(wanted.len());
    let mut names = Vec::with_capacity(wanted.len());
    for named in wanted {
        let found = known.iter().find(|(id, name)| match named {
            Named::Id(wanted) => id == wanted,
            Named::Name(wanted) => name == wanted,
        });
        let Some((id, name)) = found else { return Err(unknown(named)) };
        ids.push(*id);
        names.push(name.clone());
    }
    powers::check(actor, &names)?;
    let held = roles::permission_links(tx, role)?;
    for (link, permission) in &held {
        if replaces && !ids.contains(permission) {
            tx.delete(&ROLE_PERMISSIONS, *link)?;
        }
    }
    ids.sort_unstable();
    ids.dedup();
    for id in ids.into_iter().filter(|id| held.iter().all(|(_, known)| known != id)) {
        let row = Changes::new().with("role_id", role).with("permission_id", id);
        tx.insert(&ROLE_PERMISSIONS, row)?;
    }
    tx.identities_changed();
    Ok(())
}

/// A role that permits what the actor may not is not the actor's to change.
fn may_change(tx: &mut Tx<'_>, actor: &Identity, id: i64) -> Result<()> {
    if !roles::exists(tx, id)? {
        return Err(absent());
    }
    let held = roles::permissions_of_role(tx, id)?;
    powers::check(actor, &held)
}

fn unknown(named: &Named) -> Error {
    let name = match named {
        Named::Id(id) => id.to_string(),
        Named::Name(name) => name.clone(),
    };
    let text = Text::key("architect.no_such_permission").with("name", name);
    Refusal::field("permissions", "does_not_exist", text).into()
}

/// There is no such role.
pub fn absent() -> Error {
    Refusal::not_found("architect.no_such_role").into()
}

/// There is no such permission.
pub fn no_such_permission() -> Error {
    Refusal::not_found("error.no_such_row").into()
}
