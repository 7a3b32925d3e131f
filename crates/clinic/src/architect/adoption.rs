//! What roles take from the Django program's tables. Nobody held a role there; who may do everything was in two
//! flags and, for the panel, in groups.

use platform::db::migrate::adopt::{Taken, TakenColumn};
use platform::db::{Tx, Value};
use platform::error::Result;

use super::model::{PERMISSIONS, ROLE_PERMISSIONS, ROLES};
use super::queries::adoption as queries;
use super::service;

pub(super) const ADOPTION: &[Taken] = &[
    Taken::new(&PERMISSIONS)
        .columns(&[TakenColumn::of("guard_name").otherwise(|_| Value::from("api"))]),
    // The first numbers are those of the built-in roles.
    Taken::new(&ROLES).numbered(|conn, table| {
        Ok(service::roles::numbers_beside_built_in(&queries::former_roles(conn, table)?))
    }),
    Taken::new(&ROLE_PERMISSIONS),
];

/// Staff keeps its powers, groups that are called like a role become that role, and the rest is told.
pub(super) fn finish(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let mut told = Vec::new();
    let staff = queries::staff_without_role(tx)?;
    for user in &staff {
        service::roles::grant(tx, *user, service::roles::ADMINISTRATOR)?;
    }
    if !staff.is_empty() {
        told.push(format!(
            "Users of the staff who are no superusers and hold the role Administrador now: {}.",
            staff.len()
        ));
    }
    let mut lost: Vec<String> = Vec::new();
    for (user, group, role) in queries::former_groups(tx)? {
        match role {
            Some(role) if !queries::holds(tx, user, role)? => {
                service::roles::grant(tx, user, role)?;
            }
            Some(_) => {}
            None if lost.contains(&group) => {}
            None => lost.push(group),
        }
    }
    if !lost.is_empty() {
        told.push(format!(
            "These groups have no role of their name, so their members got none: {}.",
            lost.join(", ")
        ));
    }
    let idle = queries::without_role(tx)?;
    if idle > 0 {
        told.push(format!(
            "Active users without a role: {idle}. They can log in, and may do nothing until someone gives them one; the former \
             program let everybody do everything."
        ));
    }
    Ok(told)
}
