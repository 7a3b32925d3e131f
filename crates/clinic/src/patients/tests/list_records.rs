use platform::db::PageRequest;
use platform::db::page::Beyond;
use serde_json::json;

use super::builders::{RECORDS, diagnosis, ids, patient, patient_with, record};
use crate::patients::queries::records::{self as queries, Listed};
use crate::tests::builders::{app, client_with};

#[test]
fn strangers_the_desk_and_wrong_parameters_are_refused() {
    let app = app();
    let history = "/api/patients/patients/1/medical-history/";
    for path in [RECORDS, history] {
        app.anonymous().get(path).is(401);
        client_with(&app, if path == RECORDS { "a" } else { "b" }, &["patients.view"])
            .get(path)
            .is(403);
    }
    let admin = app.superuser();
    for (query, field) in [
        ("patient_id=x", "patient_id"),
        ("patient=x", "patient"),
        ("diagnose_id=1.5", "diagnose_id"),
        ("date_from=2026-02-30", "date_from"),
        ("date_to=ayer", "date_to"),
        ("date_from=2026-03-02&date_to=2026-03-01", "date_to"),
        ("page=abc", "page"),
        ("page_size=-1", "page_size"),
    ] {
        admin.get(&format!("{RECORDS}?{query}")).is(400).complains_about(&[field]);
    }
    admin.get("/api/patients/patients/abc/medical-history/").is(404);
    admin.get(&format!("{history}?page=abc")).is(400).complains_about(&["page"]);
}

#[test]
fn the_latest_diagnosis_comes_first_and_every_filter_narrows() {
    let app = app();
    let admin = app.superuser();
    let rosa =
        patient_with(&app, "45678901", json!({"name": "Rosa", "paternal_lastname": "Mamani"}));
    let jose =
        patient_with(&app, "45678902", json!({"name": "José", "paternal_lastname": "Núñez"}));
    let (lumbago, headache) =
        (diagnosis(&app, "M545", "Lumbago"), diagnosis(&app, "R51", "Cefalea"));
    let old = record(&app, rosa, lumbago, "2026-01-10");
    let new = record(&app, jose, headache, "2026-03-01");
    let mid = record(&app, rosa, headache, "2026-02-10");
    let change =
        json!({"status": "resolved", "symptoms": "Dolor al caminar", "treatment": "Reposo"});
    admin.patch(&format!("{RECORDS}{old}/"), change).is(200);
    let gone = record(&app, rosa, headache, "2026-03-01");
    admin.delete(&format!("{RECORDS}{gone}/")).is(204);
    for (query, expected) in [
        (String::new(), vec![new, mid, old]),
        (format!("patient_id={rosa}"), vec![mid, old]),
        (format!("patient={jose}"), vec![new]),
        (format!("diagnose_id={headache}"), vec![new, mid]),
        ("status=resolved".to_owned(), vec![old]),
        ("status=Resolved".to_owned(), vec![]),
        ("date_from=2026-02-10".to_owned(), vec![new, mid]),
        ("date_to=2026-02-10".to_owned(), vec![mid, old]),
        ("date_from=2026-02-10&date_to=2026-02-10".to_owned(), vec![mid]),
        ("search=mamani".to_owned(), vec![mid, old]),
        ("search=45678902".to_owned(), vec![new]),
        ("search=cefal".to_owned(), vec![new, mid]),
        ("search=m54".to_owned(), vec![old]),
        ("search=CAMINAR%20dolor".to_owned(), vec![old]),
        ("search=repo".to_owned(), vec![old]),
        ("search=!!!".to_owned(), vec![]),
        (format!("search=cefalea&patient_id={rosa}"), vec![mid]),
    ] {
        let page = admin.get(&format!("{RECORDS}?{query}")).is(200);
        assert_eq!(ids(page.results()), expected, "{query}");
        assert_eq!(page["count"], expected.len(), "{query}");
    }
    let page = admin.get(&format!("{RECORDS}?page=9&page_size=2")).is(200);
    assert_eq!(ids(page.results()), [old]);
    let row = &page.results()[0];
    assert_eq!(row["patient_name"], "Rosa Mamani");
    assert_eq!((&row["diagnose_name"], &row["diagnose_code"]), (&json!("Lumbago"), &json!("M545")));
    assert_eq!(
        (&row["diagnosis_date"], &row["status"]),
        (&json!("2026-01-10"), &json!("resolved"))
    );
}

#[test]
fn a_patients_history_is_that_patients_alone_and_nobodys_is_empty() {
    let app = app();
    let admin = app.superuser();
    let (rosa, jose) = (patient(&app, "45678901"), patient(&app, "45678902"));
    let lumbago = diagnosis(&app, "M545", "Lumbago");
    let (old, new) =
        (record(&app, rosa, lumbago, "2026-01-10"), record(&app, rosa, lumbago, "2026-02-10"));
    record(&app, jose, lumbago, "2026-03-01");
    let history = |id: i64, query: &str| {
        admin.get(&format!("/api/patients/patients/{id}/medical-history/{query}")).is(200)
    };
    assert_eq!(ids(history(rosa, "").results()), [new, old]);
    assert_eq!(ids(history(rosa, &format!("?patient_id={jose}")).results()), [new, old]);
    let second = history(rosa, "?page=2&page_size=1");
    assert_eq!((ids(second.results()), &second["num_pages"]), (vec![old], &json!(2)));
    let nobody = history(999_999, "");
    assert_eq!((nobody.results().len(), &nobody["count"]), (0, &json!(0)));
    assert_eq!(nobody["num_pages"], 1);
}

#[test]
fn a_page_takes_two_statements_whatever_its_size() {
    let app = app();
    let patient = patient(&app, "45678901");
    for number in 0..5 {
        record(&app, patient, diagnosis(&app, &format!("C{number}"), "Mal"), "2026-03-01");
    }
    for (search, size) in [(None, 1), (None, 100), (Some("mal"), 100)] {
        let listed = Listed { search: search.map(str::to_owned), ..Listed::default() };
        let texts = app.read(move |conn| {
            conn.start_trace();
            let wanted = PageRequest { number: 1, size, beyond: Beyond::Last };
            queries::list(conn, &listed, wanted, |_| Ok(()))?;
            Ok(conn.take_trace())
        });
        assert_eq!(texts.len(), 2, "{texts:?}");
    }
}
