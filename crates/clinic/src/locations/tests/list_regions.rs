use serde_json::json;

use super::{column, loaded};
use crate::tests::builders::{app, client_with};

const PATH: &str = "/api/locations/regions/";

#[test]
fn a_stranger_sees_nothing() {
    let app = app();
    for path in ["", "regions/", "provinces/", "districts/", "countries/", "regions/1/"] {
        app.anonymous().get(&format!("/api/locations/{path}")).is(401);
    }
}

#[test]
fn nobody_writes() {
    let app = app();
    let admin = app.superuser();
    for path in ["regions/", "provinces/", "districts/", "countries/", "regions/1/"] {
        let path = format!("/api/locations/{path}");
        assert_eq!(admin.post(&path, json!({"name": "X"})).is(405).header("allow"), "GET");
        admin.patch(&path, json!({})).is(405);
        admin.delete(&path).is(405);
    }
}

#[test]
fn wrong_parameters_are_named() {
    let app = app();
    let admin = app.superuser();
    for (query, field) in
        [("page=0", "page"), ("page_size=x", "page_size"), ("country=x", "country")]
    {
        admin.get(&format!("{PATH}?{query}")).is(400).complains_about(&[field]);
    }
    admin.get(&format!("{PATH}?page=2")).is(404);
}

#[test]
fn the_root_tells_where_the_lists_are() {
    let app = app();
    let user = client_with(&app, "user", &[]);
    let root = user.get("/api/locations/").is(200);
    for name in ["regions", "provinces", "districts", "countries"] {
        assert_eq!(root[name], format!("http://testserver/api/locations/{name}/"));
    }
}

#[test]
fn any_user_reads_all_regions_on_one_page_by_name() {
    let app = loaded();
    let page = client_with(&app, "user", &[]).get(PATH).is(200);
    assert_eq!((&page["count"], &page["num_pages"]), (&json!(25), &json!(1)));
    let names = column(&page, "name");
    assert_eq!(names[..5], ["Amazonas", "Áncash", "Apurímac", "Arequipa", "Ayacucho"]);
    let lima = page.results().iter().find(|row| row["name"] == "Lima").unwrap();
    let keys: Vec<&String> = lima.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "name", "ubigeo", "country", "created_at", "updated_at", "deleted_at"]);
    assert_eq!(lima["ubigeo"], "15");
    let country = format!("/api/locations/countries/{}/", lima["country"]);
    assert_eq!(app.superuser().get(&country).is(200)["ISO2"], "PE");
}

#[test]
fn search_takes_any_part_of_the_name_literally() {
    let app = loaded();
    let admin = app.superuser();
    for (term, expected) in [
        ("ANCASH", vec!["Áncash"]),
        ("uan", vec!["Huancavelica", "Huánuco"]),
        ("madre%20de", vec!["Madre de Dios"]),
        ("%25", vec![]),
        ("_", vec![]),
        ("'", vec![]),
    ] {
        let page = admin.get(&format!("{PATH}?search={term}")).is(200);
        assert_eq!(column(&page, "name"), expected, "{term}");
        assert_eq!(page["count"], expected.len(), "{term}");
    }
}

#[test]
fn ordering_knows_the_objects_keys_and_ignores_the_rest() {
    let app = loaded();
    let admin = app.superuser();
    let first = |ordering: &str| {
        let page = admin.get(&format!("{PATH}?ordering={ordering}")).is(200);
        column(&page, "name")[0].clone()
    };
    assert_eq!(first("-name"), "Ucayali");
    assert_eq!(first("-ubigeo"), "Ucayali");
    assert_eq!(first("country,-name"), "Ucayali");
    assert_eq!(first("name;DROP%20TABLE%20regions"), "Amazonas");
    assert_eq!(first("country__name"), "Amazonas");
}

#[test]
fn deleted_regions_are_not_shown() {
    let app = loaded();
    app.write(|tx| {
        let id = tx.one("SELECT id FROM regions WHERE ubigeo = '15'", &[])?;
        tx.soft_delete(&crate::locations::model::REGIONS, id, platform::db::Changes::new())
    });
    let page = app.superuser().get(PATH).is(200);
    assert_eq!(page["count"], 24);
    assert!(!column(&page, "name").contains(&"Lima".to_owned()));
}
