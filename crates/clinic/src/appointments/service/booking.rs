//! Book, change, reschedule, cancel, remove, bring back: each one transaction, ticket included.

use chrono::{NaiveDate, NaiveTime};
use platform::db::{Changes, Tx, Value};
use platform::error::{Error, FieldError, Refusal as Refused, Result};
use platform::i18n::Text;
use platform::types::time::midnight;

use super::tickets;
use crate::appointments::model::{APPOINTMENTS, status};
use crate::appointments::queries::appointments::{self as queries, Resource};
use crate::appointments::rules::{self, Booking, Refusal};

/// What the one who books may do, and which day it is.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    /// The clinic's day now.
    pub today: NaiveDate,
    /// Whether visits of days that have passed may be entered.
    pub may_backdate: bool,
}

/// Books a visit and issues its ticket; returns the appointment's id.
pub fn book(tx: &mut Tx<'_>, changes: &Changes, desk: Desk) -> Result<i64> {
    let mut row = changes.clone();
    row.set_default("appointment_status", status::PENDING);
    row.set_default("social_benefit", true);
    // Taking the number first also makes bookings wait for each other, so that the looks below see all
    // that is booked, on every engine and isolation level.
    let number = tickets::next_number(tx)?;
    check(tx, &row, None, desk)?;
    row.set("ticket_number", number.as_str());
    let id = tx.insert(&APPOINTMENTS, row.clone())?;
    tickets::issue(tx, id, &number, row.get("payment"))?;
    Ok(id)
}

/// Changes a visit; its pending ticket follows the payment.
pub fn change(tx: &mut Tx<'_>, id: i64, changes: &Changes, desk: Desk) -> Result<()> {
    let before = live(tx, id)?;
    let after = changes.over(&before);
    if moves(&before, &after) {
        tickets::hold_bookings(tx)?;
        // A visit of a past day may still be completed with what was found; only moving it is booking.
        check(tx, &after, Some(id), desk)?;
    } else {
        check_references(tx, &before, &after)?;
    }
    tx.update(&APPOINTMENTS, id, changes.clone())?;
    if changes.text("appointment_status") == Some(status::CANCELLED) {
        tickets::call_off_with_appointment(tx, id)?;
    }
    if changes.has("payment") {
        tickets::follow_payment(tx, id, after.get("payment"))?;
    }
    Ok(())
}

/// Moves a visit to another day and hour; its state stays.
pub fn reschedule(
    tx: &mut Tx<'_>,
    id: i64,
    day: NaiveDate,
    hour: NaiveTime,
    desk: Desk,
) -> Result<()> {
    let changes = Changes::new().with("appointment_date", midnight(day)).with("hour", hour);
    change(tx, id, &changes, desk)
}

/// Calls a visit off, and its ticket with it; a paid one is given back. Again and again the same.
pub fn cancel(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    live(tx, id)?;
    tx.update(&APPOINTMENTS, id, Changes::new().with("appointment_status", status::CANCELLED))?;
    tickets::call_off_with_appointment(tx, id)
}

/// Removes a visit, and its ticket with it.
pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if !tx.soft_delete(&APPOINTMENTS, id, Changes::new())? {
        return Err(absent());
    }
    tickets::remove_with_appointment(tx, id)
}

/// Brings a removed visit back with its ticket, if its time is still free.
pub fn restore(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    tickets::hold_bookings(tx)?;
    let row = tx.values_of(&APPOINTMENTS, id)?.ok_or_else(absent)?;
    if !tx.restore(&APPOINTMENTS, id, Changes::new())? {
        return Err(absent());
    }
    if row.text("appointment_status") != Some(status::CANCELLED) {
        refuse_clash(tx, &row, Some(id))?;
    }
    tickets::restore_with_appointment(tx, id)
}

fn live(tx: &mut Tx<'_>, id: i64) -> Result<Changes> {
    let row =
        tx.values_of(&APPOINTMENTS, id)?.filter(|row| row.get("deleted_at") == Some(&Value::Null));
    row.ok_or_else(absent)
}

/// Whether a change touches what a booking is: when, who, where, or a state that takes time again.
fn moves(before: &Changes, after: &Changes) -> bool {
    let differs = |name: &str| before.get(name) != after.get(name);
    ["appointment_date", "hour", "therapist_id", "patient_id", "room"].into_iter().any(differs)
        || (before.text("appointment_status") == Some(status::CANCELLED)
            && differs("appointment_status"))
}

fn check(tx: &mut Tx<'_>, row: &Changes, id: Option<i64>, desk: Desk) -> Result<()> {
    let (patient, therapist, history) =
        (row.int("patient_id"), row.int("therapist_id"), row.int("history_id"));
    let facts = queries::references(tx, patient, therapist, history)?;
    let against = rules::may_book(&Booking {
        day: row.date("appointment_date"),
        today: desk.today,
        may_backdate: desk.may_backdate,
        patient,
        patient_is_live: facts.patient_is_live,
        therapist,
        therapist_is_live: facts.therapist_is_live,
        history,
        history_of: facts.history_of,
        treatment: (row.date("initial_date"), row.date("final_date")),
    });
    let mut complaints: Vec<FieldError> = against.into_iter().map(complaint).collect();
    if row.time("hour").is_some_and(|hour| !rules::is_whole_minute(hour)) {
        complaints.push(field("hour", "whole_minute", Text::key("appointments.whole_minute")));
    }
    if !complaints.is_empty() {
        return Err(Refused::fields(complaints).into());
    }
    if row.text("appointment_status") == Some(status::CANCELLED) {
        return Ok(());
    }
    refuse_clash(tx, row, id)
}

/// The parts of [`check`] that concern a change which moves nothing.
fn check_references(tx: &mut Tx<'_>, before: &Changes, after: &Changes) -> Result<()> {
    let mut complaints = Vec::new();
    if before.get("history_id") != after.get("history_id")
        && let Some(history) = after.int("history_id")
    {
        let facts = queries::references(tx, None, None, Some(history))?;
        match facts.history_of {
            None => complaints.push(complaint(Refusal::NoHistory)),
            Some(owner) if Some(owner) != after.int("patient_id") => {
                complaints.push(complaint(Refusal::ForeignHistory));
            }
            Some(_) => {}
        }
    }
    if let (Some(first), Some(last)) = (after.date("initial_date"), after.date("final_date"))
        && last < first
    {
        complaints.push(complaint(Refusal::TreatmentReversed));
    }
    if complaints.is_empty() { Ok(()) } else { Err(Refused::fields(complaints).into()) }
}

/// The therapist, the patient and the room have one visit at a time.
fn refuse_clash(tx: &mut Tx<'_>, row: &Changes, id: Option<i64>) -> Result<()> {
    let (Some(day), Some(hour)) = (row.date("appointment_date"), row.time("hour")) else {
        return Ok(());
    };
    let window = rules::overlapping_starts(day, hour, rules::VISIT_MINUTES);
    let resources = [
        (row.int("therapist_id").map(Resource::Therapist), "appointments.therapist_busy"),
        (row.int("patient_id").map(Resource::Patient), "appointments.patient_busy"),
        (row.int("room").map(Resource::Room), "appointments.room_busy"),
    ];
    for (resource, key) in resources {
        if resource.is_none() {
            continue;
        }
        let clashes = queries::clashes(tx, &window, resource, id, 10)?;
        if !clashes.is_empty() {
            return Err(Refused::conflict("slot_taken", Text::key(key))
                .with("conflicts", clashes)
                .into());
        }
    }
    Ok(())
}

fn field(name: &'static str, code: &'static str, message: Text) -> FieldError {
    FieldError { field: name.into(), code, message }
}

fn complaint(refusal: Refusal) -> FieldError {
    match refusal {
        Refusal::PastDay => field("appointment_date", "past", Text::key("appointments.past_day")),
        Refusal::NoPatient => {
            field("patient_id", "does_not_exist", Text::key("appointments.no_patient"))
        }
        Refusal::NoTherapist => {
            field("therapist_id", "does_not_exist", Text::key("appointments.no_therapist"))
        }
        Refusal::NoHistory => {
            field("history_id", "does_not_exist", Text::key("appointments.no_history"))
        }
        Refusal::ForeignHistory => {
            field("history_id", "foreign", Text::key("appointments.foreign_history"))
        }
        Refusal::TreatmentReversed => {
            field("final_date", "reversed", Text::key("appointments.treatment_reversed"))
        }
    }
}

/// There is no such appointment.
pub fn absent() -> Error {
    Refused::not_found("appointments.not_found").into()
}
