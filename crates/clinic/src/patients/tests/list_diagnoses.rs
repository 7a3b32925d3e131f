use platform::db::PageRequest;
use platform::db::page::Beyond;
use serde_json::json;

use super::builders::{DIAGNOSES, diagnosis, ids, patient, record};
use crate::patients::queries::diagnoses as queries;
use crate::tests::builders::app;

#[test]
fn strangers_and_wrong_parameters_are_refused() {
    let app = app();
    for path in [DIAGNOSES, "/api/patients/diagnoses/search/?q=a"] {
        app.anonymous().get(path).is(401);
    }
    let admin = app.superuser();
    for (query, field) in
        [("?page=abc", "page"), ("?page=0", "page"), ("?page_size=0", "page_size")]
    {
        admin.get(&format!("{DIAGNOSES}{query}")).is(400).complains_about(&[field]);
    }
    for query in ["", "?q=", "?q=%20"] {
        let refused = admin.get(&format!("{DIAGNOSES}search/{query}")).is(400);
        refused.complains_about(&["q"]);
        assert!(refused["detail"].is_string());
    }
}

#[test]
fn the_catalogue_comes_in_pages_by_code_and_beyond_the_end_is_the_last() {
    let app = app();
    let admin = app.superuser();
    let late = diagnosis(&app, "R51", "Cefalea");
    let early = diagnosis(&app, "m545", "Lumbago");
    let gone = diagnosis(&app, "A00", "Cólera");
    admin.delete(&format!("{DIAGNOSES}{gone}/")).is(204);
    let page = admin.get(DIAGNOSES).is(200);
    assert_eq!(ids(page.results()), [early, late]);
    assert_eq!((&page["count"], &page["num_pages"]), (&json!(2), &json!(1)));
    let last = admin.get(&format!("{DIAGNOSES}?page=9&page_size=1")).is(200);
    assert_eq!((ids(last.results()), &last["current_page"]), (vec![late], &json!(2)));
    for key in ["id", "code", "name", "created_at"] {
        assert!(!page.results()[0][key].is_null(), "{key}");
    }
}

#[test]
fn search_finds_beginnings_of_code_and_name() {
    let app = app();
    let admin = app.superuser();
    let lumbago = diagnosis(&app, "M545", "Lumbago no especificado");
    let headache = diagnosis(&app, "R51", "Cefalea");
    for (term, expected) in [
        ("m54", vec![lumbago]),
        ("CEFA", vec![headache]),
        ("lumbágo%20esp", vec![lumbago]),
        ("zzz", vec![]),
        ("%25", vec![]),
        ("%27%20OR%201=1", vec![]),
    ] {
        let term = term.replace('á', "%C3%A1");
        let page = admin.get(&format!("{DIAGNOSES}?search={term}")).is(200);
        assert_eq!(ids(page.results()), expected, "{term}");
        let bare = admin.get(&format!("{DIAGNOSES}search/?q={term}")).is(200);
        assert_eq!(ids(bare.json.as_array().unwrap()), expected, "{term}");
    }
    let whole = admin.get(&format!("{DIAGNOSES}search/?q=R51")).is(200);
    assert!(whole.json[0].get("deleted_at").is_some_and(serde_json::Value::is_null));
}

#[test]
fn statistics_count_live_records_by_name_and_stop_at_ten() {
    let app = app();
    let admin = app.superuser();
    let patient = patient(&app, "45678901");
    assert_eq!(admin.get("/api/patients/diagnosis-statistics/").is(200).text, "[]");
    let names: Vec<i64> =
        (0..11).map(|n| diagnosis(&app, &format!("C{n:02}"), &format!("Mal {n:02}"))).collect();
    for diagnose in &names {
        record(&app, patient, *diagnose, "2026-03-01");
    }
    record(&app, patient, names[10], "2026-02-01");
    let twin = diagnosis(&app, "Z99", "mal 10");
    record(&app, patient, twin, "2026-02-01");
    let gone = record(&app, patient, names[0], "2026-02-01");
    admin.delete(&format!("/api/patients/medical-records/{gone}/")).is(204);
    let rows = admin.get("/api/patients/diagnosis-statistics/").is(200);
    let rows = rows.json.as_array().unwrap();
    assert_eq!(rows.len(), 10);
    assert_eq!(rows[0], json!({"diagnose__name": "Mal 10", "count": 3}));
    assert_eq!(rows[1], json!({"diagnose__name": "Mal 00", "count": 1}));
}

#[test]
fn a_page_takes_two_statements_whatever_its_size() {
    let app = app();
    for number in 0..5 {
        diagnosis(&app, &format!("C{number}"), "Mal");
    }
    for (search, size) in [(None, 1), (None, 100), (Some("mal"), 100)] {
        let texts = app.read(move |conn| {
            conn.start_trace();
            let wanted = PageRequest { number: 1, size, beyond: Beyond::Last };
            queries::list(conn, search, wanted, |_| Ok(()))?;
            Ok(conn.take_trace())
        });
        assert_eq!(texts.len(), 2, "{texts:?}");
    }
}
