use serde_json::json;

use crate::MODULES;
use crate::tests::builders::{app, client_with};

const PERMISSIONS: &str = "/api/architect/permissions/";

#[test]
fn a_stranger_sees_none_and_nobody_makes_one() {
    let app = app();
    app.anonymous().get(PERMISSIONS).is(401);
    let admin = app.superuser();
    // The program declares them: one that no route asks for would permit nothing.
    admin.post(PERMISSIONS, json!({"name": "all.powers"})).is(405);
    admin.get(&format!("{PERMISSIONS}999999/")).is(404);
    admin.delete(&format!("{PERMISSIONS}1/")).is(405);
}

#[test]
fn all_that_the_modules_declare_is_listed_by_name() {
    let app = app();
    let nobody = client_with(&app, "nobody", &[]);
    let listed = nobody.get(PERMISSIONS).is(200);
    let names: Vec<&str> =
        listed.json.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    let mut declared: Vec<&str> = MODULES
        .iter()
        .flat_map(|module| module.permissions)
        .map(|permission| permission.name)
        .collect();
    declared.sort_unstable();
    assert_eq!(names, declared);
    let one = nobody.get(&format!("{PERMISSIONS}{}/", listed.json[0]["id"])).is(200);
    assert_eq!(one.json, listed.json[0]);
}
