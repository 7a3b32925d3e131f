use serde_json::json;

use super::{column, loaded};
use crate::tests::builders::app;

const PATH: &str = "/api/locations/districts/";

#[test]
fn a_province_that_is_no_number_is_refused_and_an_unknown_one_has_no_districts() {
    let app = app();
    let admin = app.superuser();
    for field in ["province", "region"] {
        admin.get(&format!("{PATH}?{field}=x")).is(400).complains_about(&[field]);
    }
    for query in ["province=999999", "province_ubigeo=9999", "region=999999"] {
        assert_eq!(admin.get(&format!("{PATH}?{query}")).is(200)["count"], 0, "{query}");
    }
}

#[test]
fn districts_come_by_province_and_by_region() {
    let app = loaded();
    let admin = app.superuser();
    assert_eq!(admin.get(PATH).is(200)["count"], 1893);
    let province = app.number("SELECT id FROM provinces WHERE ubigeo = '1501'");
    let by_id = admin.get(&format!("{PATH}?province={province}")).is(200);
    let by_code = admin.get(&format!("{PATH}?province_ubigeo=1501")).is(200);
    assert_eq!(by_id.results(), by_code.results());
    assert_eq!(by_id["count"], 43);
    let lima = by_id.results().iter().find(|row| row["name"] == "Lima").unwrap();
    assert_eq!(lima["ubigeo"], "150101");
    assert_eq!(lima["province"], json!(province));
    assert_eq!((&lima["province_name"], &lima["region_name"]), (&json!("Lima"), &json!("Lima")));
    let region = app.number("SELECT id FROM regions WHERE ubigeo = '07'");
    for query in [format!("region={region}"), "region_ubigeo=07".to_owned()] {
        let callao = admin.get(&format!("{PATH}?{query}")).is(200);
        assert_eq!(callao["count"], 7, "{query}");
        assert_eq!(callao.results()[0]["region_name"], "Callao");
    }
}

#[test]
fn search_ignores_case_and_accents() {
    let app = loaded();
    let page = app.superuser().get(&format!("{PATH}?search=BREÑA")).is(200);
    assert_eq!(column(&page, "name"), ["Breña"]);
    let page = app.superuser().get(&format!("{PATH}?search=juan%20de%20lurigancho")).is(200);
    assert_eq!(column(&page, "ubigeo"), ["150132"]);
}

#[test]
fn ordering_by_the_names_above_works() {
    let app = loaded();
    let admin = app.superuser();
    for ordering in ["-province__region__name", "-region_name"] {
        let page = admin.get(&format!("{PATH}?ordering={ordering}")).is(200);
        assert_eq!(page.results()[0]["region_name"], "Ucayali", "{ordering}");
    }
    for ordering in ["province__name", "province_name"] {
        let page = admin.get(&format!("{PATH}?ordering={ordering}")).is(200);
        assert_eq!(page.results()[0]["province_name"], "Abancay", "{ordering}");
    }
}
