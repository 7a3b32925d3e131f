//! Nobody raises himself, or anybody, above his own powers; and nobody changes those who stand above him, since who
//! sets somebody's password or address becomes that somebody.

use platform::auth::Identity;
use platform::db::Tx;
use platform::error::{Error, Kind, Refusal, Result};
use platform::i18n::Text;

use crate::architect::queries::users::Standing;
use crate::architect::queries::{roles, users};
use crate::architect::rules::Powers;
use crate::profiles;

fn powers(actor: &Identity) -> Powers<'_> {
    let account = actor.account();
    Powers { is_superuser: account.is_superuser, permissions: &account.permissions }
}

/// Refuses permissions that the actor does not have.
pub fn check(actor: &Identity, wanted: &[String]) -> Result<()> {
    match powers(actor).lacks(wanted) {
        None => Ok(()),
        Some(name) => {
            let text = Text::key("architect.beyond_own_powers").with("permission", name);
            Err(forbidden("beyond_own_powers", text))
        }
    }
}

/// Refuses what only a superuser may.
pub fn superusers_only() -> Error {
    forbidden("superuser_only", Text::key("architect.superuser_only"))
}

/// What the user `id` is, unless the actor may not change it: a superuser, one who enters the panel, or one who may
/// what the actor may not.
pub fn may_manage(tx: &mut Tx<'_>, actor: &Identity, id: i64) -> Result<Standing> {
    let standing = users::standing(tx, id)?.ok_or_else(profiles::no_such_user)?;
    if actor.account().is_superuser || actor.id() == id {
        return Ok(standing);
    }
    if standing.is_superuser || standing.is_staff {
        return Err(superusers_only());
    }
    let held = roles::permissions_of(tx, id)?;
    check(actor, &held)?;
    Ok(standing)
}

fn forbidden(code: &'static str, text: Text) -> Error {
    Refusal::new(Kind::Forbidden, code, text).into()
}
