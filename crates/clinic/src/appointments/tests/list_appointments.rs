use serde_json::{Value as Json, json};

use super::builders::{Desk, PATH};

fn ids(results: &[Json]) -> Vec<i64> {
    results.iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[test]
fn strangers_and_wrong_parameters_are_refused() {
    let desk = Desk::open();
    desk.app.anonymous().get(PATH).is(401);
    let admin = desk.admin();
    for (query, field) in [
        ("page=abc", "page"),
        ("page_size=0", "page_size"),
        ("per_page=-3", "per_page"),
        ("patient=x", "patient"),
        ("room=x", "room"),
        ("appointment_date=2026-13-01", "appointment_date"),
        ("appointment_status=LISTO", "appointment_status"),
    ] {
        admin.get(&format!("{PATH}?{query}")).is(400).complains_about(&[field]);
    }
    let range = format!("{PATH}by_date_range/");
    admin.get(&range).is(400).complains_about(&["start_date", "end_date"]);
    admin
        .get(&format!("{range}?start_date=2026-03-05&end_date=2026-03-04"))
        .is(400)
        .complains_about(&["end_date"]);
}

#[test]
fn the_latest_come_first_and_every_filter_narrows() {
    let desk = Desk::open();
    let admin = desk.admin();
    let early = desk.booked(json!({"room": 1, "appointment_type": "C"}));
    let late = desk
        .booked(json!({"hour": "15:00", "patient": desk.other_patient, "appointment_type": "CC"}));
    let next =
        desk.booked(json!({"appointment_date": "2026-03-04", "therapist": desk.other_therapist}));
    let list = |query: &str| {
        let page = admin.get(&format!("{PATH}?{query}")).is(200);
        assert_eq!(page["count"], page.results().len(), "{query}");
        ids(page.results())
    };
    assert_eq!(list(""), [next, late, early]);
    assert_eq!(list("ordering=appointment_date,hour"), [early, late, next]);
    assert_eq!(list("ordering=nonsense"), [next, late, early]);
    assert_eq!(list("appointment_date=2026-03-03"), [late, early]);
    assert_eq!(list(&format!("patient={}", desk.other_patient)), [late]);
    assert_eq!(list(&format!("therapist={}", desk.other_therapist)), [next]);
    assert_eq!(list("room=1"), [early]);
    assert_eq!(list("appointment_type=CC"), [late]);
    assert_eq!(list("appointment_status=COMPLETADO"), [] as [i64; 0]);
    assert_eq!(list("page=99"), [next, late, early], "beyond the end is the last page");
}

#[test]
fn search_looks_into_texts_patients_and_ticket_numbers() {
    let desk = Desk::open();
    let admin = desk.admin();
    let first = desk.booked(json!({"ailments": "Migraña crónica"}));
    let second = desk.booked(json!({"hour": "15:00", "patient": desk.other_patient}));
    let find = |term: &str| {
        let page = admin.get(&format!("{PATH}?search={term}")).is(200);
        assert_eq!(page["count"], page.results().len(), "{term}");
        ids(page.results())
    };
    assert_eq!(find("migrana"), [first]);
    assert_eq!(find("nunez%20jose"), [second]);
    assert_eq!(find("tkt-002"), [second]);
    assert_eq!(find("40000001"), [first]);
    assert_eq!(find("%27%22%25_"), [] as [i64; 0]);
    assert_eq!(
        ids(admin
            .get(&format!("{PATH}?search=lumbar&appointment_date=2026-03-03"))
            .is(200)
            .results()),
        [second]
    );
}

#[test]
fn completed_and_pending_go_by_the_clinics_day_and_leave_out_what_was_called_off() {
    let desk = Desk::open();
    let admin = desk.admin();
    let tuesday = desk.booked(json!({}));
    let wednesday = desk.booked(json!({"appointment_date": "2026-03-04"}));
    let off = desk.booked(json!({"appointment_date": "2026-03-05"}));
    admin.post(&format!("{PATH}{off}/cancel/"), json!({})).is(200);
    desk.app.advance(chrono::Duration::days(2));
    // 4 March, 10:00 in Lima.
    assert_eq!(ids(admin.get(&format!("{PATH}completed/")).is(200).results()), [tuesday]);
    assert_eq!(ids(admin.get(&format!("{PATH}pending/")).is(200).results()), [wednesday]);
}

#[test]
fn a_range_includes_its_last_day() {
    let desk = Desk::open();
    let first = desk.booked(json!({}));
    let last = desk.booked(json!({"appointment_date": "2026-03-05", "hour": "23:00"}));
    desk.booked(json!({"appointment_date": "2026-03-06"}));
    let page = desk
        .admin()
        .get(&format!("{PATH}by_date_range/?start_date=2026-03-03&end_date=2026-03-05"))
        .is(200);
    assert_eq!(ids(page.results()), [last, first]);
}
