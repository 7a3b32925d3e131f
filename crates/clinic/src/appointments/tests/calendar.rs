use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::builders::Desk;
use crate::appointments::queries::appointments::Listed;
use crate::appointments::queries::calendar as queries;
use crate::tests::builders::client_with;

const PATH: &str = "/api/appointments/appointments/calendar/";

#[test]
fn strangers_and_months_that_are_none_are_refused() {
    let desk = Desk::open();
    desk.app.anonymous().get(PATH).is(401);
    client_with(&desk.app, "other", &["patients.view"]).get(PATH).is(403);
    let admin = desk.admin();
    for (query, fields) in [
        ("month=2026-13", vec!["month"]),
        ("month=2026-00", vec!["month"]),
        ("month=marzo", vec!["month"]),
        ("month=3", vec!["month"]),
        ("month=99999-01", vec!["month"]),
        ("month=-1-01", vec!["month"]),
        ("month=2026-03-01", vec!["month"]),
        ("year=2026", vec!["month"]),
        ("year=x&month=2026-03", vec!["year"]),
        ("therapist=x&room=y", vec!["therapist", "room"]),
        ("appointment_status=LISTO", vec!["appointment_status"]),
    ] {
        admin.get(&format!("{PATH}?{query}")).is(400).complains_about(&fields);
    }
}

#[test]
fn every_day_of_the_month_has_its_number_and_its_visits_by_hour() {
    let desk = Desk::open();
    let admin = desk.admin();
    let late = desk.booked(json!({"hour": "15:00", "room": 2}));
    let early = desk.booked(json!({"patient": desk.other_patient, "hour": "09:00"}));
    let last = desk.booked(json!({"appointment_date": "2026-03-31"}));
    let removed = desk.booked(json!({"appointment_date": "2026-03-30"}));
    admin.delete(&super::builders::path(removed)).is(200);
    let other_month = desk.booked(json!({"appointment_date": "2026-04-01"}));

    let march = admin.get(PATH).is(200);
    assert_eq!((&march["month"], &march["count"]), (&json!("2026-03"), &json!(3)));
    assert_eq!(
        (&march["start_date"], &march["end_date"]),
        (&json!("2026-03-01"), &json!("2026-03-31"))
    );
    let days = march["days"].as_array().unwrap();
    assert_eq!(days.len(), 31);
    let ids = |day: &Json| -> Vec<i64> {
        let rows = day["appointments"].as_array().unwrap();
        assert_eq!(day["count"], rows.len());
        rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
    };
    assert_eq!(ids(&days[2]), [early, late]);
    assert_eq!((ids(&days[29]), ids(&days[30])), (vec![], vec![last]));
    let row = &days[2]["appointments"][1];
    assert_eq!((&row["patient_name"], &row["room"]), (&json!("Rosa Mamani"), &json!(2)));
    assert_eq!(
        (&row["hour"], &row["appointment_status"]),
        (&json!("15:00:00"), &json!("PENDIENTE"))
    );
    assert!(row.get("diagnosis").is_none(), "a calendar tells no clinical content");

    for query in ["month=2026-04", "month=4&year=2026", "month=04&year=2026"] {
        let april = admin.get(&format!("{PATH}?{query}")).is(200);
        assert_eq!(ids(&april["days"][0]), [other_month], "{query}");
    }
    let filtered = admin.get(&format!("{PATH}?month=2026-03&room=2&date=2026-03-31")).is(200);
    assert_eq!((&filtered["count"], ids(&filtered["days"][2])), (&json!(1), vec![late]));
    assert_eq!(admin.get(&format!("{PATH}?month=2028-02")).is(200)["end_date"], "2028-02-29");
}

#[test]
fn a_month_takes_two_statements_however_full_it_is() {
    let desk = Desk::open();
    for hour in ["09:00", "10:00", "11:00"] {
        desk.booked(json!({"hour": hour}));
    }
    let statements = desk.app.read(|conn| {
        let (from, to) =
            (NaiveDate::from_ymd_opt(2026, 3, 1), NaiveDate::from_ymd_opt(2026, 3, 31));
        let listed = Listed { from, to, ..Listed::default() };
        conn.start_trace();
        queries::counts(conn, &listed)?;
        let rows = queries::list(conn, &listed, 2, |_| Ok(()))?;
        assert_eq!(rows.len(), 2, "the cap holds");
        Ok(conn.take_trace().len())
    });
    assert_eq!(statements, 2);
}
