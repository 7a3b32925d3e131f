use serde_json::json;

use super::builders::Desk;
use crate::tests::builders::client_with;

const PATH: &str = "/api/appointments/tickets/";

#[test]
fn money_needs_its_own_permission() {
    let desk = Desk::open();
    let id = desk.booked(json!({}));
    let ticket = desk.ticket(id)["id"].clone();
    desk.app.anonymous().get(PATH).is(401);
    let reader = client_with(&desk.app, "reader", &["tickets.view", "tickets.change"]);
    reader.get(PATH).is(200);
    reader.post(&format!("{PATH}{ticket}/mark_as_paid/"), json!({})).is(403);
    assert_eq!(desk.ticket(id)["status"], "pending");
}

#[test]
fn a_ticket_is_paid_once_and_the_payment_date_is_the_moment() {
    let desk = Desk::open();
    let admin = desk.admin();
    let id = desk.booked(json!({}));
    let ticket = desk.ticket(id)["id"].clone();
    desk.app.advance(chrono::Duration::hours(2));
    let paid = admin.post(&format!("{PATH}{ticket}/mark_as_paid/"), json!({})).is(200);
    assert_eq!(paid["ticket"]["status"], "paid");
    assert_eq!(paid["ticket"]["payment_date"], "2026-03-02T17:00:00Z");
    assert_eq!(
        admin.post(&format!("{PATH}{ticket}/mark_as_paid/"), json!({})).is(400)["code"],
        "already_paid"
    );
    admin.patch(&format!("{PATH}{ticket}/"), json!({"amount": "1.00"})).is(400);
    let back = admin.post(&format!("{PATH}{ticket}/mark_as_cancelled/"), json!({})).is(200);
    assert_eq!(back["ticket"]["status"], "refunded");
    admin.post(&format!("{PATH}{ticket}/mark_as_paid/"), json!({})).is(400);
    admin.post(&format!("{PATH}{ticket}/mark_as_cancelled/"), json!({})).is(400);
    admin.patch(&format!("{PATH}{ticket}/"), json!({"status": "pending"})).is(400);
}

#[test]
fn a_ticket_over_nothing_cannot_be_paid() {
    let desk = Desk::open();
    let id = desk.booked(json!({"payment": null}));
    let ticket = desk.ticket(id)["id"].clone();
    let refused = desk.admin().post(&format!("{PATH}{ticket}/mark_as_paid/"), json!({})).is(400);
    assert_eq!(refused["code"], "nothing_to_pay");
}

#[test]
fn a_ticket_by_hand_needs_an_appointment_without_one() {
    let desk = Desk::open();
    let admin = desk.admin();
    let id = desk.booked(json!({}));
    let body = |extra: serde_json::Value| {
        let mut body = json!({"appointment": id, "amount": "25.50", "payment_method": "Efectivo"});
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        body
    };
    admin.post(PATH, json!({})).is(400).complains_about(&[
        "appointment",
        "amount",
        "payment_method",
    ]);
    admin.post(PATH, body(json!({}))).is(400).complains_about(&["appointment"]);
    let ticket = desk.ticket(id)["id"].clone();
    admin.delete(&format!("{PATH}{ticket}/")).is(200);
    for (change, field) in [
        (json!({"appointment": 999_999}), "appointment"),
        (json!({"amount": 0}), "amount"),
        (json!({"amount": "x"}), "amount"),
        (json!({"payment_method": "trueque"}), "payment_method"),
        (json!({"status": "lost"}), "status"),
        (json!({"ticket_number": "TKT-001"}), "ticket_number"),
        (json!({"ticket_number": "TKT-900"}), "ticket_number"),
    ] {
        admin.post(PATH, body(change)).is(400).complains_about(&[field]);
    }
    let made = admin.post(PATH, body(json!({"ticket_number": "MANUAL-7"}))).is(201);
    assert_eq!(made["ticket"]["ticket_number"], "MANUAL-7");
    assert_eq!(made["ticket"]["payment_method"], "efectivo");
    // The series goes on as if nothing had happened: no gap, no restart.
    assert_eq!(desk.book(json!({"hour": "15:00"}))["ticket_number"], "TKT-002");
}

#[test]
fn lists_and_totals_agree() {
    let desk = Desk::open();
    let admin = desk.admin();
    let visits: Vec<i64> =
        (9..13).map(|hour| desk.booked(json!({"hour": format!("{hour:02}:00")}))).collect();
    let tickets: Vec<serde_json::Value> =
        visits.iter().map(|visit| desk.ticket(*visit)["id"].clone()).collect();
    admin.post(&format!("{PATH}{}/mark_as_paid/", tickets[0]), json!({})).is(200);
    admin.post(&format!("{PATH}{}/mark_as_cancelled/", tickets[1]), json!({})).is(200);
    admin.delete(&format!("{PATH}{}/", tickets[3])).is(200);
    assert_eq!(admin.get(PATH).is(200)["count"], 3);
    assert_eq!(admin.get(&format!("{PATH}paid/")).is(200)["count"], 1);
    assert_eq!(admin.get(&format!("{PATH}pending/")).is(200)["count"], 1);
    assert_eq!(admin.get(&format!("{PATH}cancelled/")).is(200).json.as_array().unwrap().len(), 1);
    assert_eq!(admin.get(&format!("{PATH}?search=tkt-00")).is(200)["count"], 3);
    assert_eq!(
        admin.get(&format!("{PATH}by_payment_method/?payment_method=EFECTIVO")).is(200)["count"],
        3
    );
    admin.get(&format!("{PATH}by_payment_method/")).is(400).complains_about(&["payment_method"]);
    assert_eq!(
        admin.get(&format!("{PATH}by_ticket_number/?ticket_number=TKT-002")).is(200)["status"],
        "cancelled"
    );
    admin.get(&format!("{PATH}by_ticket_number/?ticket_number=TKT-999")).is(404);
    let totals = admin.get(&format!("{PATH}statistics/")).is(200);
    assert_eq!(
        totals.json,
        json!({"total_tickets": 3, "paid_tickets": 1, "pending_tickets": 1, "cancelled_tickets": 1,
               "paid_percentage": 1.0 / 3.0 * 100.0, "total_amount_paid": 50.0})
    );
}
