//! What is written comes back as it was: names, amounts, times.

use platform::acceptance::{Failure, Outcome, Scenario, Site, equal, holds};
use serde_json::{Value as Json, json};

use super::desk::{APPOINTMENTS, Desk, PATIENTS, TICKETS, eight_digits, patient_body};

pub(super) const SCENARIOS: [Scenario; 4] = [
    Scenario::new("patients", "a_patient_is_found_without_accents", search),
    Scenario::new("patients", "a_document_is_registered_once", duplicate),
    Scenario::new("appointments", "amounts_are_exact_to_the_cent", amounts),
    Scenario::new("appointments", "days_and_hours_are_the_clinics", times),
];

fn search(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    let document = eight_digits()?;
    let patient = desk.patient(json!({ "document_number": document, "name": "Íñigo 漢 😀" }))?;
    let shown = desk.get(&format!("{PATIENTS}{patient}/"))?.is(200)?;
    equal("the name", shown.text_at("/name")?, "Íñigo 漢 😀".to_owned())?;
    for typed in [document.as_str(), "inigo%20nune"] {
        let found = desk.get(&format!("{PATIENTS}search/?q={typed}"))?.is(200)?;
        let ids: Vec<&Json> = found
            .at("/results")?
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row.get("id"))
            .collect();
        holds(ids.contains(&&json!(patient)), format!("{typed:?} does not find the patient"))?;
    }
    Ok(())
}

fn duplicate(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    let document = json!({ "document_number": eight_digits()? });
    desk.patient(document.clone())?;
    let refused = desk.post(PATIENTS, patient_body(document)?)?.is(400)?;
    let told = refused.text_at("/document_number/0")?;
    holds(told.contains("ya está registrado"), told)
}

fn amounts(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    let patient = desk.patient(json!({}))?;
    // The sum of what was paid is a JSON number; its digits are read, not its binary fraction.
    let paid = || -> Outcome<i64> {
        let totals = desk.get(&format!("{TICKETS}statistics/"))?.is(200)?;
        cents(&totals.at("/total_amount_paid")?.to_string())
    };
    let before = paid()?;
    for (hour, amount) in [("08:00", "0.10"), ("09:00", "0.20"), ("10:00", "99999.99")] {
        let visit = desk.visit(json!({
            "patient": patient, "therapist": desk.therapist()?, "hour": hour, "payment": amount,
        }))?;
        let booked = desk.post(APPOINTMENTS, visit)?.is(201)?;
        equal("the amount", booked.text_at("/appointment/payment")?, amount.to_owned())?;
        let number = booked.text_at("/ticket_number")?;
        let path = format!("{TICKETS}by_ticket_number/?ticket_number={number}");
        let ticket = desk.get(&path)?.is(200)?.number_at("/id")?;
        desk.post(&format!("{TICKETS}{ticket}/mark_as_paid/"), json!({}))?.is(200)?;
    }
    equal("what was paid, in cents", paid()? - before, 10_000_029)?;
    let visit = desk
        .visit(json!({ "patient": patient, "therapist": desk.therapist()?, "payment": "1.005" }))?;
    desk.post(APPOINTMENTS, visit)?.is(400).map(|_| ())
}

/// `0.3` is 30 cents.
fn cents(amount: &str) -> Outcome<i64> {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    let digits = format!("{whole}{part:0<2}");
    let read = if part.len() <= 2 { digits.parse().ok() } else { None };
    read.ok_or_else(|| Failure(format!("{amount} is no amount with two places")))
}

fn times(site: &Site) -> Outcome {
    let desk = Desk::open(site)?;
    let patient = desk.patient(json!({ "birth_date": "1960-02-29" }))?;
    let shown = desk.get(&format!("{PATIENTS}{patient}/"))?.is(200)?;
    holds(
        shown.text_at("/birth_date")?.starts_with("1960-02-29"),
        format!("the birth date became {}", shown.text_at("/birth_date")?),
    )?;
    let today = site.app().today();
    let visit = desk.visit(json!({
        "patient": patient, "therapist": desk.therapist()?, "appointment_date": today.to_string(),
        "hour": "23:30",
    }))?;
    let booked = desk.post(APPOINTMENTS, visit)?.is(201)?;
    equal("the hour", booked.text_at("/appointment/hour")?, "23:30:00".to_owned())?;
    let day = booked.text_at("/appointment/appointment_date")?;
    equal("the day", day, format!("{today}T00:00:00Z"))?;
    let created = booked.text_at("/appointment/created_at")?;
    let created = platform::types::time::parse_input_moment(&created);
    let age = created.map(|moment| (site.app().clock().now() - moment).num_seconds());
    holds(
        age.is_some_and(|seconds| (0..60).contains(&seconds)),
        format!("a visit of now was made {age:?} seconds ago"),
    )
}
