use super::{column, loaded};

const PATH: &str = "/api/locations/countries/";

#[test]
fn countries_come_by_spanish_name_with_their_codes() {
    let app = loaded();
    let admin = app.superuser();
    let page = admin.get(&format!("{PATH}?page_size=500")).is(200);
    assert_eq!(page["count"], 250);
    let names = column(&page, "name");
    assert_eq!(names[..2], ["Afganistán", "Albania"]);
    let peru = page.results().iter().find(|row| row["ISO2"] == "PE").unwrap();
    assert_eq!(peru["name"], "Perú");
    assert_eq!(peru["phone_code"], "51");
}

#[test]
fn search_and_ordering_work() {
    let app = loaded();
    let admin = app.superuser();
    let page = admin.get(&format!("{PATH}?search=peru")).is(200);
    assert_eq!(column(&page, "ISO2"), ["PE"]);
    let page = admin.get(&format!("{PATH}?ordering=-ISO2")).is(200);
    assert_eq!(column(&page, "ISO2")[0], "ZW");
}
