//! Rows that many tests need, in one line each.

use platform::db::Changes;
use platform::params;
use testkit::{Client, TestApp};

use crate::PROGRAM;
use crate::architect::model::{ROLE_PERMISSIONS, ROLES, USER_ROLES};
use crate::configurations::model::DOCUMENT_TYPES;
use crate::locations::model::{COUNTRIES, DISTRICTS, PROVINCES, REGIONS};
use crate::profiles::{self, NewUser};

/// A program as installed: no people, no places.
pub(crate) fn app() -> TestApp {
    TestApp::start(PROGRAM)
}

/// A region with a province with a district.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) region: i64,
    pub(crate) province: i64,
    pub(crate) district: i64,
}

/// A place of that name; two of different names lie in different regions.
pub(crate) fn place(app: &TestApp, name: &'static str) -> Place {
    app.write(move |tx| {
        let country = match tx.scalar::<i64>("SELECT id FROM countries WHERE iso2 = 'PE'", &[])? {
            Some(id) => id,
            None => tx.insert(
                &COUNTRIES,
                Changes::new().with("name", "Perú").with("iso2", "PE").with("phone_code", "51"),
            )?,
        };
        let region =
            tx.insert(&REGIONS, Changes::new().with("name", name).with("country_id", country))?;
        let province =
            tx.insert(&PROVINCES, Changes::new().with("name", name).with("region_id", region))?;
        let district =
            tx.insert(&DISTRICTS, Changes::new().with("name", name).with("province_id", province))?;
        Ok(Place { region, province, district })
    })
}

/// The id of the document type of that name, made if it is missing.
pub(crate) fn document_type(app: &TestApp, name: &'static str) -> i64 {
    app.write(move |tx| {
        let folded = platform::types::fold(name);
        match tx.scalar("SELECT id FROM document_types WHERE name_fold = ?", &params![folded])? {
            Some(id) => Ok(id),
            None => tx.insert(&DOCUMENT_TYPES, Changes::new().with("name", name)),
        }
    })
}

/// The id of a new user with these permissions, through a role of its own.
pub(crate) fn user_with(
    app: &TestApp,
    name: &'static str,
    permissions: &'static [&'static str],
) -> i64 {
    app.write(move |tx| {
        let user = NewUser {
            email: format!("{name}@example.com"),
            user_name: name.to_owned(),
            password_hash: "!".to_owned(),
            ..NewUser::default()
        };
        let user = profiles::create_user(tx, &user)?;
        let role = tx.insert(&ROLES, Changes::new().with("name", format!("role of {name}")))?;
        for permission in permissions {
            let id: i64 =
                tx.one("SELECT id FROM permissions WHERE name = ?", &params![*permission])?;
            tx.insert(
                &ROLE_PERMISSIONS,
                Changes::new().with("role_id", role).with("permission_id", id),
            )?;
        }
        tx.insert(&USER_ROLES, Changes::new().with("user_id", user).with("role_id", role))?;
        tx.identities_changed();
        Ok(user)
    })
}

/// A client of a user with these permissions.
pub(crate) fn client_with<'a>(
    app: &'a TestApp,
    name: &'static str,
    permissions: &'static [&'static str],
) -> Client<'a> {
    app.client_of(user_with(app, name, permissions))
}
