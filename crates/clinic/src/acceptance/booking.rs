//! A visit and its ticket, one at a time and many at once.

use std::collections::BTreeSet;

use platform::acceptance::{Ask, Outcome, Scenario, Site, equal, holds};
use serde_json::{Value as Json, json};

use super::desk::{APPOINTMENTS, Desk, TICKETS};

pub(super) const SCENARIOS: [Scenario; 4] = [
    Scenario::new("therapists", "a_therapist_is_registered_and_listed", therapist),
    Scenario::new("appointments", "a_booked_visit_has_a_ticket_that_is_paid_once", ticket),
    Scenario::new("appointments", "of_many_bookings_of_one_hour_one_is_taken", rush),
    Scenario::new("appointments", "tickets_of_a_rush_are_numbered_without_gap", numbers),
];

/// Clients at once.
const CROWD: usize = 8;

fn therapist(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    let id = desk.therapist()?;
    let shown = desk.get(&format!("/api/therapists/therapists/{id}/"))?.is(200)?;
    equal("the therapist", shown.number_at("/id")?, id)
}

fn ticket(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    let visit =
        desk.visit(json!({ "patient": desk.patient(json!({}))?, "therapist": desk.therapist()? }))?;
    let booked = desk.post(APPOINTMENTS, visit)?.is(201)?;
    let number = booked.text_at("/ticket_number")?;
    let path = format!("{TICKETS}by_ticket_number/?ticket_number={number}");
    let ticket = desk.get(&path)?.is(200)?;
    equal("its amount", ticket.text_at("/amount")?, "50.00".to_owned())?;
    let pay = format!("{TICKETS}{}/mark_as_paid/", ticket.number_at("/id")?);
    desk.post(&pay, json!({}))?.is(200)?;
    desk.post(&pay, json!({}))?.is(400).map(|_| ())
}

fn crowd<'a>(bodies: Vec<Json>) -> Vec<Ask<'a>> {
    bodies.into_iter().map(|body| ("POST", APPOINTMENTS, Some(body))).collect()
}

fn rush(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    let therapist = desk.therapist()?;
    let mut bodies = Vec::new();
    for _ in 0..CROWD {
        let patient = desk.patient(json!({}))?;
        bodies.push(desk.visit(json!({ "patient": patient, "therapist": therapist }))?);
    }
    let replies = site.ask_at_once(Some(&desk.token), crowd(bodies))?;
    let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    let mut expected = vec![201];
    expected.resize(CROWD, 409);
    equal("the answers to a rush on one hour", statuses, expected)
}

fn numbers(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    let mut bodies = Vec::new();
    for _ in 0..CROWD {
        let (patient, therapist) = (desk.patient(json!({}))?, desk.therapist()?);
        bodies.push(desk.visit(json!({ "patient": patient, "therapist": therapist }))?);
    }
    let mut numbers = BTreeSet::new();
    for reply in site.ask_at_once(Some(&desk.token), crowd(bodies))? {
        let number = reply.is(201)?.text_at("/ticket_number")?;
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        numbers.insert(digits.parse::<u64>().unwrap_or(0));
    }
    let spread = numbers.last().unwrap_or(&0) - numbers.first().unwrap_or(&0);
    let expected = u64::try_from(CROWD).unwrap_or(0);
    holds(
        numbers.len() == CROWD && spread + 1 == expected,
        format!("{CROWD} bookings at once took the numbers {numbers:?}"),
    )
}
