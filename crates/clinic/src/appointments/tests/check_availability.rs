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
    assert_eq!(ask("hour=10:00"), (false, 1));
    assert_eq!(ask("hour=09:30"), (false, 1));
    assert_eq!(ask("hour=09:00"), (true, 0));
    assert_eq!(ask("hour=11:00"), (true, 0));
    assert_eq!(ask("hour=09:00&duration=61"), (false, 1));
    assert_eq!(ask(&format!("hour=10:00&therapist={}", desk.other_therapist)), (true, 0));
    assert_eq!(ask(&format!("hour=10:00&therapist={}&room=3", desk.other_therapist)), (false, 1));
    admin.post(&format!("/api/appointments/appointments/{id}/cancel/"), json!({})).is(200);
    assert_eq!(ask("hour=10:00"), (true, 0));
}
