use super::loaded;
use crate::tests::builders::app;

#[test]
fn unknown_ids_are_not_found() {
    let app = app();
    let admin = app.superuser();
    for list in ["regions", "provinces", "districts", "countries"] {
        for id in ["999999", "abc", "-1", "99999999999999999999"] {
            admin.get(&format!("/api/locations/{list}/{id}/")).is(404);
        }
    }
}

#[test]
fn one_place_looks_like_its_row_in_the_list() {
    let app = loaded();
    let admin = app.superuser();
    for list in ["regions", "provinces", "districts", "countries"] {
        let row =
            admin.get(&format!("/api/locations/{list}/?page_size=1")).is(200).results()[0].clone();
        let shown = admin.get(&format!("/api/locations/{list}/{}/", row["id"])).is(200);
        assert_eq!(shown.json, row, "{list}");
    }
}

#[test]
fn the_parent_asked_for_holds_for_one_place_too() {
    let app = loaded();
    let admin = app.superuser();
    let id = app.number("SELECT id FROM provinces WHERE ubigeo = '1501'");
    let path = format!("/api/locations/provinces/{id}/");
    assert_eq!(admin.get(&format!("{path}?region_ubigeo=15")).is(200)["name"], "Lima");
    admin.get(&format!("{path}?region_ubigeo=01")).is(404);
    admin.get(&format!("{path}?region=x")).is(400).complains_about(&["region"]);
}
