use serde_json::json;

use super::{column, loaded};
use crate::tests::builders::app;

const PATH: &str = "/api/locations/provinces/";

#[test]
fn a_region_that_is_no_number_is_refused_and_an_unknown_one_has_no_provinces() {
    let app = app();
    let admin = app.superuser();
    admin.get(&format!("{PATH}?region=lima")).is(400).complains_about(&["region"]);
    for query in ["region=999999", "region=-1", "region_ubigeo=99", "region_ubigeo='"] {
        assert_eq!(admin.get(&format!("{PATH}?{query}")).is(200)["count"], 0, "{query}");
    }
}

#[test]
fn provinces_come_by_region() {
    let app = loaded();
    let admin = app.superuser();
    assert_eq!(admin.get(PATH).is(200)["count"], 196);
    assert_eq!(admin.get(PATH).is(200).results().len(), 100);
    let region = app.number("SELECT id FROM regions WHERE ubigeo = '15'");
    let by_id = admin.get(&format!("{PATH}?region={region}")).is(200);
    let by_code = admin.get(&format!("{PATH}?region_ubigeo=15")).is(200);
    assert_eq!(by_id.results(), by_code.results());
    let names = column(&by_id, "name");
    assert_eq!(names.len(), 10);
    assert_eq!(names[..3], ["Barranca", "Cajatambo", "Cañete"]);
    let lima = by_id.results().iter().find(|row| row["name"] == "Lima").unwrap();
    assert_eq!(lima["ubigeo"], "1501");
    assert_eq!((&lima["region"], &lima["region_name"]), (&json!(region), &json!("Lima")));
}

#[test]
fn search_and_region_work_together() {
    let app = loaded();
    let admin = app.superuser();
    let page = admin.get(&format!("{PATH}?search=canete&region_ubigeo=15")).is(200);
    assert_eq!(column(&page, "name"), ["Cañete"]);
    assert_eq!(admin.get(&format!("{PATH}?search=canete&region_ubigeo=01")).is(200)["count"], 0);
}

#[test]
fn ordering_by_the_regions_name_works_under_either_name() {
    let app = loaded();
    let admin = app.superuser();
    for ordering in ["-region__name,name", "-region_name,name"] {
        let page = admin.get(&format!("{PATH}?ordering={ordering}")).is(200);
        assert_eq!(page.results()[0]["region_name"], "Ucayali");
        assert_eq!(page.results()[0]["name"], "Atalaya");
    }
}

#[test]
fn links_keep_what_the_list_is_narrowed_by() {
    let app = loaded();
    let page = app.superuser().get(&format!("{PATH}?region_ubigeo=15&page_size=4&page=2")).is(200);
    let next = "http://testserver/api/locations/provinces/?page=3&page_size=4&region_ubigeo=15";
    assert_eq!(page["next"], next);
    let previous = "http://testserver/api/locations/provinces/?page_size=4&region_ubigeo=15";
    assert_eq!(page["previous"], previous);
}
