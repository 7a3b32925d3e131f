use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use super::builders::{Desk, PATH};
use crate::tests::builders::{client_with, user_with};

#[test]
fn a_stranger_and_a_reader_may_not() {
    let desk = Desk::open();
    desk.app.anonymous().post(PATH, desk.body(json!({}))).is(401);
    let reader = client_with(&desk.app, "reader", &["appointments.view"]);
    reader.post(PATH, desk.body(json!({}))).is(403);
    assert_eq!(desk.app.number("SELECT COUNT(*) FROM appointments"), 0);
}

#[test]
fn what_is_missing_is_named() {
    let desk = Desk::open();
    let refused = desk.admin().post(PATH, json!({})).is(400);
    refused.complains_about(&["patient", "therapist", "appointment_date", "hour"]);
    assert!(refused["error"].is_string());
}

#[test]
fn values_that_cannot_be_are_refused_by_field() {
    let desk = Desk::open();
    let admin = desk.admin();
    for (change, field) in [
        (json!({"patient": 999_999}), "patient"),
        (json!({"patient": "x"}), "patient"),
        (json!({"patient": null}), "patient"),
        (json!({"therapist": 999_999}), "therapist"),
        (json!({"history": 999_999}), "history"),
        (json!({"payment_type": 999_999}), "payment_type"),
        (json!({"payment_status": 999_999}), "payment_status"),
        (json!({"appointment_date": "2026-02-30"}), "appointment_date"),
        (json!({"appointment_date": "mañana"}), "appointment_date"),
        (json!({"hour": "25:00"}), "hour"),
        (json!({"hour": "10:00:30"}), "hour"),
        (json!({"payment": "-1"}), "payment"),
        (json!({"payment": "1.234"}), "payment"),
        (json!({"payment": "1000000"}), "payment"),
        (json!({"room": "first"}), "room"),
        (json!({"appointment_status": "LISTO"}), "appointment_status"),
        (json!({"ailments": "x".repeat(1001)}), "ailments"),
        (json!({"initial_date": "2026-05-02", "final_date": "2026-05-01"}), "final_date"),
    ] {
        admin.post(PATH, desk.body(change)).is(400).complains_about(&[field]);
    }
    assert_eq!(desk.app.number("SELECT COUNT(*) FROM appointments"), 0);
    assert_eq!(desk.app.number("SELECT COUNT(*) FROM tickets"), 0);
    assert_eq!(
        desk.app.number("SELECT COALESCE(SUM(last_number), 0) FROM ticket_series"),
        0,
        "no number was lost"
    );
}

#[test]
fn a_day_that_has_passed_needs_a_permission() {
    let desk = Desk::open();
    // 10:00 in Lima on the 2nd: the 1st has passed, the 2nd has not.
    let receptionist = client_with(&desk.app, "desk", &["appointments.add"]);
    receptionist
        .post(PATH, desk.body(json!({"appointment_date": "2026-03-01"})))
        .is(400)
        .complains_about(&["appointment_date"]);
    receptionist.post(PATH, desk.body(json!({"appointment_date": "2026-03-02"}))).is(201);
    let trusted = desk.app.client_of(user_with(
        &desk.app,
        "trusted",
        &["appointments.add", "appointments.backdate"],
    ));
    trusted.post(PATH, desk.body(json!({"appointment_date": "2026-03-01"}))).is(201);
}

#[test]
fn the_clinics_day_is_the_one_of_its_time_zone() {
    let desk = Desk::open();
    let receptionist = client_with(&desk.app, "desk", &["appointments.add"]);
    // 22:00 of the 2nd in Lima is 03:00 of the 3rd in UTC.
    desk.app.advance(chrono::Duration::hours(12));
    receptionist
        .post(PATH, desk.body(json!({"appointment_date": "2026-03-02", "hour": "23:00"})))
        .is(201);
}

#[test]
fn a_booking_is_answered_whole_with_the_ticket_issued_along() {
    let desk = Desk::open();
    let made = desk.book(json!({"appointment_type": 2, "ignored": true, "ticket_number": "MINE"}));
    let visit = &made["appointment"];
    assert_eq!(made["ticket_number"], "TKT-001");
    assert_eq!(visit["ticket_number"], "TKT-001");
    assert_eq!(visit["patient_name"], "Rosa Mamani");
    assert_eq!(visit["therapist_name"], "Ana María Quispe Flores");
    assert_eq!(visit["appointment_date"], "2026-03-03T00:00:00Z");
    assert_eq!(visit["hour"], "10:00:00");
    assert_eq!(visit["payment"], "50.00");
    assert_eq!(visit["appointment_type"], "2");
    assert_eq!(visit["appointment_status"], "PENDIENTE");
    assert_eq!((&visit["is_pending"], &visit["is_completed"]), (&json!(true), &json!(false)));
    let ticket = desk.ticket(visit["id"].as_i64().unwrap());
    assert_eq!(ticket["amount"], "50.00");
    assert_eq!(ticket["status"], "pending");
    assert_eq!(ticket["payment_method"], "efectivo");
    assert_eq!(
        ticket["appointment_details"],
        format!("Cita {} - 2026-03-03 00:00:00+00:00 10:00:00", visit["id"])
    );
}

#[test]
fn old_clients_names_are_understood() {
    let desk = Desk::open();
    let body = json!({
        "patient": null, "patient_id": desk.patient.to_string(), "therapist_id": desk.therapist,
        "appointment_date": "2026-03-03T15:30:00Z", "hour": null, "payment_type_id": null,
    });
    let made = desk.admin().post(PATH, body).is(201);
    assert_eq!(made["appointment"]["appointment_date"], "2026-03-03T00:00:00Z");
    assert_eq!(made["appointment"]["hour"], json!(null));
}

#[test]
fn a_therapist_a_patient_and_a_room_have_one_visit_at_a_time() {
    let desk = Desk::open();
    let admin = desk.admin();
    let first = desk.booked(json!({"room": 1}));
    for (what, change) in [
        ("same therapist", json!({"patient": desk.other_patient})),
        ("same patient", json!({"therapist": desk.other_therapist})),
        ("begun earlier, still running", json!({"patient": desk.other_patient, "hour": "09:01"})),
        ("begins before the end", json!({"patient": desk.other_patient, "hour": "10:59"})),
        (
            "same room",
            json!({"patient": desk.other_patient, "therapist": desk.other_therapist, "room": 1}),
        ),
    ] {
        let refused = admin.post(PATH, desk.body(change)).is(409);
        assert_eq!(refused["code"], "slot_taken", "{what}");
        assert_eq!(refused["conflicts"], json!([first]), "{what}");
    }
    for change in [
        json!({"hour": "11:00"}),
        json!({"hour": "09:00"}),
        json!({"patient": desk.other_patient, "therapist": desk.other_therapist, "room": 2}),
        json!({"hour": null}),
        json!({"hour": null}),
    ] {
        admin.post(PATH, desk.body(change)).is(201);
    }
    assert_eq!(desk.app.number("SELECT COUNT(*) FROM appointments"), 6);
}

#[test]
fn a_visit_across_midnight_holds_the_next_morning() {
    let desk = Desk::open();
    desk.book(json!({"hour": "23:30"}));
    let next = json!({"appointment_date": "2026-03-04", "hour": "00:15"});
    desk.admin().post(PATH, desk.body(next)).is(409);
    desk.book(json!({"appointment_date": "2026-03-04", "hour": "00:30"}));
}

#[test]
fn a_hundred_clients_at_once_get_one_slot_and_no_number_is_lost() {
    let desk = Desk::open();
    let token = desk.app.token_of(
        user_with(&desk.app, "crowd", &["appointments.add"]),
        platform::auth::token::TokenType::Access,
    );
    let body = desk.body(json!({"therapist": desk.therapist})).to_string();
    let statuses = desk.app.runtime().block_on(async {
        let mut waiting = Vec::new();
        for number in 0..100 {
            // Every fifth client wants the contested slot; the others a slot of their own.
            let hour = if number % 5 == 0 {
                "10:00".to_owned()
            } else {
                format!("{:02}:00", 11 + number % 10)
            };
            let day = if number % 5 == 0 { 3 } else { 4 + number / 10 };
            let body =
                body.replace("2026-03-03", &format!("2026-03-{day:02}")).replace("10:00", &hour);
            let request = Request::post(PATH)
                .header("host", "testserver")
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/json")
                .body(Body::from(body))
                .unwrap();
            waiting.push(tokio::spawn(tower_oneshot(desk.app.router(), request)));
        }
        let mut statuses: BTreeMap<u16, u32> = BTreeMap::new();
        for answer in waiting {
            *statuses.entry(answer.await.unwrap()).or_default() += 1;
        }
        statuses
    });
    assert_eq!(statuses, BTreeMap::from([(201, 81), (409, 19)]));
    assert_eq!(desk.app.number("SELECT COUNT(*) FROM appointments"), 81);
    assert_eq!(desk.app.number("SELECT COUNT(DISTINCT ticket_number) FROM tickets"), 81);
    assert_eq!(desk.app.number("SELECT last_number FROM ticket_series WHERE series = 'TKT'"), 81);
    let counted = "SELECT SUM(live) FROM row_counts WHERE table_name = 'appointments'";
    assert_eq!(desk.app.number(counted), 81);
}

async fn tower_oneshot(router: axum::Router, request: Request<Body>) -> u16 {
    use tower::ServiceExt;
    router.oneshot(request).await.unwrap().status().as_u16()
}

#[test]
fn a_booking_whose_ticket_cannot_be_written_does_not_happen() {
    let desk = Desk::open();
    // The number that comes next is taken behind the program's back.
    let appointment = desk.booked(json!({}));
    desk.app.write(move |tx| {
        tx.execute(
            "UPDATE tickets SET ticket_number = 'TKT-002' WHERE appointment_id = ?",
            &platform::params![appointment],
        )?;
        Ok(())
    });
    desk.admin()
        .post(PATH, desk.body(json!({"hour": "15:00"})))
        .is(400)
        .complains_about(&["ticket_number"]);
    assert_eq!(desk.app.number("SELECT COUNT(*) FROM appointments"), 1);
}
