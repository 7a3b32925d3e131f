use serde_json::json;

use super::builders::{body, therapist};
use crate::tests::builders::app;

const PATH: &str = "/api/therapists/therapists/";

#[test]
fn a_stranger_sees_nothing() {
    let app = app();
    for path in [
        PATH,
        "/api/therapists/therapists/search/",
        "/api/therapists/therapists/inactive/",
        "/api/therapists/",
    ] {
        let refused = app.anonymous().get(path).is(401);
        assert_eq!(refused.header("www-authenticate"), "Bearer realm=\"api\"");
    }
}

#[test]
fn wrong_parameters_are_named() {
    let app = app();
    let admin = app.superuser();
    for (query, field) in [
        ("page=abc", "page"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page_size=0", "page_size"),
        ("page_size=x", "page_size"),
        ("region=x", "region"),
    ] {
        admin.get(&format!("{PATH}?{query}")).is(400).complains_about(&[field]);
    }
    admin.get(&format!("{PATH}?page=2")).is(404);
}

#[test]
fn pages_carry_the_envelope_and_links_that_keep_the_query() {
    let app = app();
    let admin = app.superuser();
    for number in 0..5 {
        therapist(&app, &format!("1234567{number}"));
    }
    let page = admin.get(&format!("{PATH}?page_size=2&page=2&search=quispe")).is(200);
    assert_eq!(page["count"], 5);
    assert_eq!(page["num_pages"], 3);
    assert_eq!(page["current_page"], 2);
    assert_eq!(
        page["next"],
        "http://testserver/api/therapists/therapists/?page=3&page_size=2&search=quispe"
    );
    assert_eq!(
        page["previous"],
        "http://testserver/api/therapists/therapists/?page_size=2&search=quispe"
    );
    assert_eq!(page.results().len(), 2);
}

#[test]
fn search_finds_beginnings_of_words_without_accents_in_any_order() {
    let app = app();
    let admin = app.superuser();
    let id = therapist(&app, "12345678");
    let mut other = body(&app, "87654321");
    other["first_name"] = json!("José");
    other["last_name_paternal"] = json!("Ñáñez");
    other["email"] = json!("jose@example.com");
    let jose = admin.post(PATH, other).is(201).id();
    for (term, expected) in [
        ("quispe", vec![id]),
        ("QUIS ana", vec![id]),
        ("nanez jose", vec![jose]),
        ("8765", vec![jose]),
        ("flores", vec![id, jose]),
        ("lima", vec![id, jose]),
        ("dni josé", vec![jose]),
        ("im quispe", vec![id]),
        ("lima cusco", vec![]),
        ("987-654-321", vec![id, jose]),
        ("zzz", vec![]),
        ("%25", vec![]),
        ("%27%20OR%201=1--", vec![]),
    ] {
        let found = admin
            .get(&format!("{PATH}?search={}", term.replace(' ', "%20").replace('é', "%C3%A9")))
            .is(200);
        let ids: Vec<i64> = found.results().iter().map(|row| row["id"].as_i64().unwrap()).collect();
        assert_eq!(ids, expected, "{term}");
        assert_eq!(found["count"], expected.len());
    }
}

#[test]
fn a_term_of_very_many_words_is_no_very_long_statement() {
    let app = app();
    let id = therapist(&app, "12345678");
    let term = vec!["quispe"; 500].join("%20");
    let found = app.superuser().get(&format!("{PATH}?search={term}")).is(200);
    assert_eq!(found.results()[0]["id"], id);
}
