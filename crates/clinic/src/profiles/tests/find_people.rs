use platform::db::PageRequest;
use platform::db::page::Beyond;
use serde_json::json;

use super::builders::{person, rosa};
use crate::profiles::queries::profiles::{self as queries, Sought};
use crate::tests::builders::{app, client_with, place};

const USERS: &str = "/api/profiles/users/search/";
const PROFILES: &str = "/api/profiles/profiles/search/";

fn names(reply: &testkit::Reply) -> Vec<String> {
    reply.results().iter().map(|row| row["user_name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn strangers_find_nobody_and_whole_accounts_need_the_permission() {
    let app = app();
    for path in [USERS, PROFILES, "/api/profiles/profiles/public/rosa/"] {
        app.anonymous().get(path).is(401);
    }
    app.client_of(rosa(&app)).get(USERS).is(403);
}

#[test]
fn searches_find_active_people_by_any_word_of_their_names() {
    let app = app();
    let client = client_with(&app, "manager", &["users.manage"]);
    rosa(&app);
    person(&app, "jose", "José", "Ñáñez");
    let gone = person(&app, "ines", "Inés", "Ñáñez");
    app.superuser().delete(&format!("/api/architect/users/{gone}/")).is(200);
    for path in [format!("{USERS}?q="), format!("{PROFILES}?name=")] {
        for (term, expected) in [
            ("nanez", vec!["jose"]),
            ("NANEZ%20jos", vec!["jose"]),
            ("osa", vec!["rosa"]),
            ("%25", vec![]),
            ("%27%20OR%201=1--", vec![]),
        ] {
            let found = client.get(&format!("{path}{term}")).is(200);
            assert_eq!(names(&found), expected, "{path}{term}");
            assert_eq!(found["count"], expected.len());
        }
    }
    client.get(&format!("{PROFILES}?page=abc")).is(400).complains_about(&["page"]);
    client.get(&format!("{PROFILES}?page=99")).is(404);
}

#[test]
fn others_see_no_address_phone_or_document() {
    let app = app();
    rosa(&app);
    let eyes = app.client_of(person(&app, "jose", "José", "Ñáñez"));
    assert!(names(&eyes.get(&format!("{PROFILES}?name=example.com")).is(200)).is_empty());
    let shown = eyes.get("/api/profiles/profiles/public/ROSA/").is(200);
    assert_eq!(shown["display_name"], "Rosa Quispe");
    let keys: Vec<&str> = shown.json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["id", "user_name", "display_name", "sex", "country", "photo_url", "date_joined"]
    );
    for unknown in ["nadie", "%27", "1"] {
        eyes.get(&format!("/api/profiles/profiles/public/{unknown}/")).is(404);
    }
}

#[test]
fn sex_and_country_narrow_the_search() {
    let app = app();
    place(&app, "Lima");
    let country = app.number("SELECT id FROM countries WHERE iso2 = 'PE'");
    let client = app.client_of(rosa(&app));
    person(&app, "jose", "José", "Ñáñez");
    client.patch("/api/profiles/profiles/me/", json!({"sex": "F", "country": country})).is(200);
    for (query, expected) in [
        ("sex=F", vec!["rosa"]),
        ("sex=M", vec![]),
        ("country=PERU", vec!["rosa"]),
        ("country=Chile", vec![]),
        ("name=o&sex=F", vec!["rosa"]),
    ] {
        assert_eq!(names(&client.get(&format!("{PROFILES}?{query}")).is(200)), expected, "{query}");
    }
}

#[test]
fn a_page_costs_two_queries_however_many_rows_it_has() {
    let app = app();
    rosa(&app);
    person(&app, "jose", "José", "Ñáñez");
    let statements = app.read(|conn| {
        conn.start_trace();
        let wanted = PageRequest { number: 1, size: 20, beyond: Beyond::Absent };
        let page = queries::search(conn, &Sought::default(), wanted, |row| row.get::<i64>("id"))?;
        assert_eq!(page.unwrap().rows.len(), 2);
        Ok(conn.take_trace())
    });
    assert_eq!(statements.len(), 2, "{statements:?}");
}
