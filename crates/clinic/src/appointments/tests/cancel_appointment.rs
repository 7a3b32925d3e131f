use serde_json::json;

use super::builders::{Desk, path};
use crate::tests::builders::client_with;

#[test]
fn calling_off_needs_its_own_permission() {
    let desk = Desk::open();
    let id = desk.booked(json!({}));
    let reader = client_with(&desk.app, "reader", &["appointments.view", "appointments.change"]);
    reader.post(&format!("{}cancel/", path(id)), json!({})).is(403);
    assert_eq!(desk.ticket(id)["status"], "pending");
}

#[test]
fn a_visit_called_off_frees_its_time_and_cancels_its_ticket_again_and_again_the_same() {
    let desk = Desk::open();
    let admin = desk.admin();
    let id = desk.booked(json!({}));
    for _ in 0..2 {
        admin.post(&format!("{}cancel/", path(id)), json!({})).is(200);
        assert_eq!(admin.get(&path(id)).is(200)["appointment_status"], "CANCELADO");
        assert_eq!(desk.ticket(id)["status"], "cancelled");
    }
    desk.booked(json!({"patient": desk.other_patient}));
    // Its time is taken now: it cannot simply be put back.
    admin.patch(&path(id), json!({"appointment_status": "PENDIENTE"})).is(409);
}

#[test]
fn a_paid_ticket_is_given_back() {
    let desk = Desk::open();
    let admin = desk.admin();
    let id = desk.booked(json!({}));
    let ticket = desk.ticket(id)["id"].clone();
    admin.post(&format!("/api/appointments/tickets/{ticket}/mark_as_paid/"), json!({})).is(200);
    admin.patch(&path(id), json!({"appointment_status": "CANCELADO"})).is(200);
    assert_eq!(desk.ticket(id)["status"], "refunded");
}
