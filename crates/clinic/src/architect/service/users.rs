//! What an administrator does with users.

use platform::auth::Identity;
use platform::db::{Changes, Tx};
use platform::error::{Error, Refusal, Result};
use platform::i18n::Text;

use super::{powers, roles};
use crate::architect::queries::users::Standing;
use crate::architect::rules::{self, Flag};
use crate::profiles;

/// Flags that only a superuser sets.
const FLAGS: [&str; 2] = ["is_superuser", "is_staff"];
/// Verifies against no password: the user gets one by a reset, or from the administrator.
const NO_PASSWORD: &str = "!";

/// What an administrator asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Columns.
    pub columns: Changes,
    /// Hash of a new password.
    pub password_hash: Option<String>,
    /// Roles, all of them.
    pub roles: Option<Vec<i64>>,
}

/// Makes a user and returns the id.
pub fn create(tx: &mut Tx<'_>, actor: &Identity, wanted: &Wanted) -> Result<i64> {
    let nobody = Standing { is_superuser: false, is_staff: false, is_deleted: false };
    let mut row = allowed(actor, nobody, &wanted.columns)?;
    row.set("password", wanted.password_hash.as_deref().unwrap_or(NO_PASSWORD));
    let id = profiles::add_user(tx, row)?;
    if let Some(ids) = &wanted.roles {
        roles::give(tx, actor, id, ids)?;
    }
    Ok(id)
}

/// Changes a user.
pub fn change(tx: &mut Tx<'_>, actor: &Identity, id: i64, wanted: &Wanted) -> Result<()> {
    let standing = powers::may_manage(tx, actor, id)?;
    if standing.is_deleted {
        return Err(profiles::no_such_user());
    }
    let columns = allowed(actor, standing, &wanted.columns)?;
    if columns.bool("is_active") == Some(false) {
        not_oneself(actor, id)?;
    }
    profiles::change_user(tx, id, &columns)?;
    if let Some(hash) = &wanted.password_hash {
        profiles::change_password(tx, id, hash)?;
    }
    if let Some(ids) = &wanted.roles {
        roles::set(tx, actor, id, ids)?;
    }
    Ok(())
}

/// Deletes a user.
pub fn remove(tx: &mut Tx<'_>, actor: &Identity, id: i64) -> Result<()> {
    powers::may_manage(tx, actor, id)?;
    not_oneself(actor, id)?;
    profiles::remove_user(tx, id)
}

/// Brings a deleted user back.
pub fn restore(tx: &mut Tx<'_>, actor: &Identity, id: i64) -> Result<()> {
    powers::may_manage(tx, actor, id)?;
    profiles::restore_user(tx, id)
}

/// Lets a user log in, or not any more.
pub fn set_active(tx: &mut Tx<'_>, actor: &Identity, id: i64, is_active: bool) -> Result<()> {
    let columns = Changes::new().with("is_active", is_active);
    change(tx, actor, id, &Wanted { columns, ..Wanted::default() })
}

/// The columns without flags that say what is so already; a flag that only a superuser sets is refused.
fn allowed(actor: &Identity, standing: Standing, columns: &Changes) -> Result<Changes> {
    let mut columns = columns.clone();
    for (name, present) in FLAGS.into_iter().zip([standing.is_superuser, standing.is_staff]) {
        let Some(wanted) = columns.bool(name) else { continue };
        match rules::flag(actor.account().is_superuser, present, wanted) {
            Flag::Set => {}
            Flag::Same => {
                columns.remove(name);
            }
            Flag::Refused => return Err(powers::superusers_only()),
        }
    }
    Ok(columns)
}

/// One's own account is not ended here by a slip of the hand; `users/me/delete/` does it.
fn not_oneself(actor: &Identity, id: i64) -> Result<()> {
    if actor.id() == id {
        let refusal: Error =
            Refusal::conflict("own_account", Text::key("architect.own_account")).into();
        return Err(refusal);
    }
    Ok(())
}
