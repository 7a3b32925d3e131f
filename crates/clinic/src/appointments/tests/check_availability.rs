use serde_json::json;

use super::builders::Desk;

const PATH: &str = "/api/appointments/appointments/check_availability/";

#[test]
fn wrong_questions_are_refused_by_parameter() {
    let desk = Desk::open();
    let admin = desk.admin();
    for (query, field) in [
        ("", vec!["date", "hour"]),
        ("?date=2026-03-03", vec!["hour"]),
        ("?date=2026-02-30&hour=10:00", vec!["date"]),
        ("?date=2026-03-03&hour=10h", vec!["hour"]),
        ("?date=2026-03-03&hour=10:00&duration=x", vec!["duration"]),
        ("?date=2026-03-03&hour=10:00&duration=0", vec!["duration"]),
        ("?date=2026-03-03&hour=10:00&duration=99999", vec!["duration"]),
    ] {
        admin.get(&format!("{PATH}{query}")).is(400).complains_about(&field);
    }
    desk.app.anonymous().get(PATH).is(401);
}

#[test]
fn overlaps_are_half_open_and_visits_called_off_hold_nothing() {
    let desk = Desk::open();
    let admin = desk.admin();
    let id = desk.booked(json!({"room": 3}));
    let ask = |query: &str| {
        let answer = admin.get(&format!("{PATH}?date=2026-03-03&{query}")).is(200);
        (
            answer["is_available"].as_bool().unwrap(),
            answer["conflicting_appointments"].as_i64().unwrap(),
        )
    };
    let own = format!("therapist={}", desk.therapist);
    assert_eq!(ask(&format!("hour=10:00&{own}")), (false, 1));
    assert_eq!(ask(&format!("hour=09:30&{own}")), (false, 1));
    assert_eq!(ask(&format!("hour=09:00&{own}")), (true, 0));
    assert_eq!(ask(&format!("hour=11:00&{own}")), (true, 0));
    assert_eq!(ask(&format!("hour=09:00&duration=61&{own}")), (false, 1));
    assert_eq!(ask("hour=10:00&room=3"), (false, 1));
    assert_eq!(ask(&format!("hour=10:00&therapist={}", desk.other_therapist)), (true, 0));
    assert_eq!(ask(&format!("hour=10:00&therapist={}&room=3", desk.other_therapist)), (false, 1));
    admin.post(&format!("/api/appointments/appointments/{id}/cancel/"), json!({})).is(200);
    assert_eq!(ask(&format!("hour=10:00&{own}")), (true, 0));
}

#[test]
fn without_a_therapist_or_room_it_asks_whether_anybody_is_free() {
    let desk = Desk::open();
    let admin = desk.admin();
    let ask = || {
        let answer = admin.get(&format!("{PATH}?date=2026-03-03&hour=10:30")).is(200);
        (answer["is_available"].as_bool(), answer["conflicting_appointments"].as_i64())
    };
    assert_eq!(ask(), (Some(true), Some(0)));
    desk.booked(json!({}));
    assert_eq!(ask(), (Some(true), Some(0)), "the other therapist is free");
    desk.booked(json!({"patient": desk.other_patient, "therapist": desk.other_therapist}));
    assert_eq!(ask(), (Some(false), Some(2)));
    // Who does not work here any more is not free.
    let third = crate::therapists::tests::builders::therapist(&desk.app, "12345680");
    assert_eq!(ask(), (Some(true), Some(0)));
    admin.delete(&format!("/api/therapists/therapists/{third}/")).is(204);
    assert_eq!(ask(), (Some(false), Some(2)));
}
