//! A user for each built-in role, all with one password.

use platform::db::Tx;
use platform::error::Result;
use platform::types::fold;

use crate::architect::{built_in_roles, grant};
use crate::profiles::{self, NewUser};

/// The role whose user is linked to a therapist.
const THERAPIST: &str = "Terapeuta";

/// Users that were made.
#[derive(Clone, Debug, Default)]
pub(super) struct Accounts {
    /// Their addresses.
    pub(super) emails: Vec<String>,
    /// The therapist among them.
    pub(super) therapist: Option<i64>,
}

/// Makes the users that are not there yet.
pub(super) fn make(tx: &mut Tx<'_>, password_hash: &str) -> Result<Accounts> {
    let mut made = Accounts::default();
    for (role, name) in built_in_roles(tx)? {
        let user_name = format!("demo_{}", fold(name));
        let email = format!("{}@demo.example", fold(name));
        if profiles::is_known(tx, &email, &user_name)? {
            continue;
        }
        let user = NewUser {
            email: email.clone(),
            user_name,
            password_hash: password_hash.to_owned(),
            name: name.to_owned(),
            paternal_lastname: "Demo".to_owned(),
            maternal_lastname: "Demo".to_owned(),
            ..NewUser::default()
        };
        let id = profiles::create_user(tx, &user)?;
        grant(tx, id, role)?;
        if name == THERAPIST {
            made.therapist = Some(id);
        }
        made.emails.push(email);
    }
    Ok(made)
}
