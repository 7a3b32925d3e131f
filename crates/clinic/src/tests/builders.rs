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

/// A program whose uploads go to a folder of its own, which goes with the second value.
pub(crate) fn app_with_uploads() -> (TestApp, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap().to_owned();
    (TestApp::start_with(PROGRAM, &[("MEDIA_ROOT", &path)]), folder)
}

/// Names of the files in a folder of uploads, however deep; hidden ones too.
pub(crate) fn uploads(folder: &tempfile::TempDir) -> Vec<String> {
    let (mut waiting, mut found) = (vec![folder.path().to_owned()], Vec::new());
    while let Some(path) = waiting.pop() {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder.path()).unwrap();
                found.push(name.to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// A picture of one colour, encoded.
pub(crate) fn picture(format: image::ImageFormat, side: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(side, side, image::Rgb([200, 30, 30]));
    let mut content = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut content, format).unwrap();
    content.into_inner()
}

/// A part of a multipart body: its name, its file name if it is a file, its content.
pub(crate) type Part<'p> = (&'p str, Option<&'p str>, &'p [u8]);

/// The content type of [`multipart`] bodies.
pub(crate) const MULTIPART: &str = "multipart/form-data; boundary=limit";

/// A multipart body.
pub(crate) fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head =
            format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--limit--\r\n");
    body
}
