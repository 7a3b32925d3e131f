use serde_json::json;

use super::builders::{Desk, PATH, path};
use crate::tests::builders::client_with;

#[test]
fn unknown_ids_are_not_found_whatever_the_verb() {
    let desk = Desk::open();
    let admin = desk.admin();
    for id in ["999999", "abc"] {
        let path = format!("{PATH}{id}/");
        admin.get(&path).is(404);
        admin.put(&path, json!({})).is(404);
        admin.patch(&path, json!({})).is(404);
        admin.delete(&path).is(404);
        admin.post(&format!("{path}cancel/"), json!({})).is(404);
        admin.post(&format!("{path}restore/"), json!({})).is(404);
        admin
            .post(
                &format!("{path}reschedule/"),
                json!({"appointment_date": "2026-03-05", "hour": "10:00"}),
            )
            .is(404);
    }
}

#[test]
fn the_pending_ticket_follows_the_payment_and_a_paid_one_does_not() {
    let desk = Desk::open();
    let admin = desk.admin();
    let id = desk.booked(json!({}));
    admin.patch(&path(id), json!({"payment": "80.50"})).is(200);
    let ticket = desk.ticket(id);
    assert_eq!(ticket["amount"], "80.50");
    admin
        .post(&format!("/api/appointments/tickets/{}/mark_as_paid/", ticket["id"]), json!({}))
        .is(200);
    admin.put(&path(id), json!({"payment": 10})).is(200);
    assert_eq!(desk.ticket(id)["amount"], "80.50");
    admin.patch(&path(id), json!({"payment": null})).is(200);
    assert_eq!(desk.ticket(id)["amount"], "80.50");
}

#[test]
fn a_change_into_a_taken_slot_is_refused_and_into_its_own_is_not() {
    let desk = Desk::open();
    let admin = desk.admin();
    desk.booked(json!({}));
    let other = desk.booked(json!({"patient": desk.other_patient, "hour": "12:00"}));
    admin.patch(&path(other), json!({"hour": "10:30"})).is(409);
    admin
        .post(
            &format!("{}reschedule/", path(other)),
            json!({"appointment_date": "2026-03-03", "hour": "10:30"}),
        )
        .is(409);
    admin.patch(&path(other), json!({"hour": "12:15"})).is(200);
    admin.patch(&path(other), json!({"therapist": desk.other_therapist, "hour": "10:30"})).is(200);
    assert_eq!(admin.get(&path(other)).is(200)["hour"], "10:30:00");
}

#[test]
fn a_past_visit_may_be_written_up_but_not_moved_into_the_past() {
    let desk = Desk::open();
    let receptionist = client_with(&desk.app, "desk", &["appointments.change"]);
    let id = desk.booked(json!({}));
    desk.app.advance(chrono::Duration::days(3));
    let done = receptionist
        .patch(&path(id), json!({"appointment_status": "COMPLETADO", "diagnosis": "Lumbago"}))
        .is(200);
    assert_eq!(done["appointment"]["is_completed"], true);
    receptionist
        .patch(&path(id), json!({"appointment_date": "2026-03-04"}))
        .is(400)
        .complains_about(&["appointment_date"]);
    receptionist.patch(&path(id), json!({"appointment_date": "2026-03-06"})).is(200);
}

#[test]
fn what_a_client_may_not_write_stays() {
    let desk = Desk::open();
    let id = desk.booked(json!({}));
    let body = json!({"id": 5, "deleted_at": "2026-01-01", "ticket_number": "X", "created_at": "2020-01-01", "is_completed": true});
    let same = desk.admin().patch(&path(id), body).is(200);
    assert_eq!(same["appointment"]["id"], id);
    assert_eq!(same["appointment"]["ticket_number"], "TKT-001");
    assert_eq!(same["appointment"]["created_at"], "2026-03-02T15:00:00Z");
}

#[test]
fn a_removed_visit_takes_its_ticket_along_and_brings_it_back() {
    let desk = Desk::open();
    let admin = desk.admin();
    let id = desk.booked(json!({}));
    let ticket = desk.ticket(id)["id"].as_i64().unwrap();
    assert!(admin.delete(&path(id)).is(200)["message"].is_string());
    admin.get(&path(id)).is(404);
    assert_eq!(admin.get(PATH).is(200)["count"], 0);
    assert_eq!(admin.get("/api/appointments/tickets/").is(200)["count"], 0);
    admin.patch(&path(id), json!({"hour": "11:00"})).is(404);
    let back = admin.post(&format!("{}restore/", path(id)), json!({})).is(200);
    assert_eq!(back["appointment"]["deleted_at"], json!(null));
    assert_eq!(desk.ticket(id)["id"], ticket);
    admin.post(&format!("{}restore/", path(id)), json!({})).is(404);
}

#[test]
fn a_removed_visit_stays_removed_when_its_time_was_given_away() {
    let desk = Desk::open();
    let admin = desk.admin();
    let id = desk.booked(json!({}));
    admin.delete(&path(id)).is(200);
    desk.booked(json!({"patient": desk.other_patient}));
    admin.post(&format!("{}restore/", path(id)), json!({})).is(409);
    admin.get(&path(id)).is(404);
}
