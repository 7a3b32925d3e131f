//! The built-in roles, and permissions in step with what the modules declare.

use platform::db::{Changes, Tx};
use platform::error::Result;
use platform::module::Module;

use crate::architect::model::{PERMISSIONS, ROLE_PERMISSIONS, ROLES};
use crate::architect::queries::roles;

/// A built-in role: fixed id, name, and whether it starts with a permission.
pub type BuiltIn = (i64, &'static str, fn(&str) -> bool);

/// Roles of a new installation. Therapists and patients see rows of their own only; until a list knows that
/// rule, they start without it.
pub const BUILT_IN: &[BuiltIn] = &[
    (1, "Administrador", |_| true),
    (2, "Recepcionista", is_reception),
    (3, "Supervisor", is_supervision),
    (4, "Terapeuta", |_| false),
    (5, "Paciente", |_| false),
];

fn is_reception(permission: &str) -> bool {
    let (module, action) = permission.split_once('.').unwrap_or((permission, ""));
    match module {
        "patients" => action != "delete",
        "appointments" => !matches!(action, "backdate" | "overlap"),
        "tickets" => true,
        "therapists" | "configurations" | "diagnoses" | "cash" => action == "view",
        _ => false,
    }
}

fn is_supervision(permission: &str) -> bool {
    let (module, action) = permission.split_once('.').unwrap_or((permission, ""));
    match module {
        "therapists" | "reports" | "appointments" => true,
        // Everything else may be seen; clinical.private is no "view", and stays with those who treat.
        _ => action == "view",
    }
}

/// Adds permissions that are declared and not there yet, and the built-in roles that are missing; a role
/// that exists keeps what its administrator gave it.
pub fn after_migrate(tx: &mut Tx<'_>, modules: &[Module]) -> Result<()> {
    let known = roles::permissions(tx)?;
    let mut ids: Vec<(i64, &'static str)> = Vec::new();
    let mut changed = false;
    for permission in modules.iter().flat_map(|module| module.permissions) {
        let id = if let Some((id, _)) = known.iter().find(|(_, name)| name == permission.name) {
            *id
        } else {
            changed = true;
            let row = Changes::new()
                .with("name", permission.name)
                .with("detail", permission.label.es)
                .with("guard_name", "api");
            tx.insert(&PERMISSIONS, row)?
        };
        ids.push((id, permission.name));
    }
    for (role, name, starts_with) in BUILT_IN {
        let is_new = !roles::exists(tx, *role)?;
        if is_new {
            changed = true;
            tx.insert(
                &ROLES,
                Changes::new().with("id", *role).with("name", *name).with("guard_name", "api"),
            )?;
        }
        for (permission, permission_name) in &ids {
            let declared_now = !known.iter().any(|(id, _)| id == permission);
            if starts_with(permission_name) && (is_new || declared_now) {
                tx.insert(
                    &ROLE_PERMISSIONS,
                    Changes::new().with("role_id", *role).with("permission_id", *permission),
                )?;
            }
        }
    }
    if changed {
        tx.identities_changed();
    }
    Ok(())
}
