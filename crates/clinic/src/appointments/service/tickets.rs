//! Tickets: numbered without gaps, one live one an appointment, paid once.

use platform::db::{Changes, Tx, Value};
use platform::error::{Error, FieldError, Refusal, Result};
use platform::i18n::Text;
use platform::types::Money;

use crate::appointments::model::{APPOINTMENTS, PAYMENT_METHODS, TICKETS, ticket_status};
use crate::appointments::queries::appointments;
use crate::appointments::queries::tickets::{self as queries, TicketState};
use crate::appointments::rules::{self, TicketRefusal};

/// The series of tickets that bookings issue.
pub(super) const SERIES: &str = "TKT";
/// How a ticket is paid unless said otherwise.
const CASH: &str = "efectivo";

/// Takes the next ticket number; other bookings wait until this transaction ends.
pub fn next_number(tx: &mut Tx<'_>) -> Result<String> {
    Ok(rules::ticket_number(SERIES, queries::next_number(tx, SERIES)?))
}

/// Makes the series go on after the highest number that was ever written; returns that number.
pub fn continue_numbers(tx: &mut Tx<'_>) -> Result<String> {
    let numbers = queries::written_numbers(tx)?;
    let given = numbers.iter().filter_map(|number| rules::number_in(SERIES, number)).max();
    let last = given.unwrap_or(0).max(queries::last_number(tx, SERIES)?);
    queries::set_last_number(tx, SERIES, last)?;
    Ok(rules::ticket_number(SERIES, last))
}

/// Makes other bookings wait until this transaction ends.
pub fn hold_bookings(tx: &mut Tx<'_>) -> Result<()> {
    Ok(queries::hold_series(tx, SERIES)?)
}

/// Issues an appointment's ticket over its payment.
pub fn issue(
    tx: &mut Tx<'_>,
    appointment: i64,
    number: &str,
    payment: Option<&Value>,
) -> Result<i64> {
    let row = Changes::new()
        .with("appointment_id", appointment)
        .with("ticket_number", number)
        .with("payment_date", tx.now())
        .with("amount", amount_of(payment))
        .with("payment_method", CASH)
        .with("description", description_of(appointment))
        .with("status", ticket_status::PENDING)
        .with("is_active", true);
    tx.insert(&TICKETS, row)
}

/// Writes a ticket by hand for an appointment that has none; returns its id.
pub fn create(tx: &mut Tx<'_>, changes: &Changes) -> Result<i64> {
    let mut row = normal(changes);
    let mut complaints = complaints(&row);
    let appointment = row.int("appointment_id").unwrap_or_default();
    if appointments::find(tx, appointment, |_| Ok(()))?.is_none() {
        complaints.push(complaint(
            "appointment_id",
            "does_not_exist",
            Text::key("appointments.no_appointment"),
        ));
    }
    if !complaints.is_empty() {
        return Err(Refusal::fields(complaints).into());
    }
    let number = match row.text("ticket_number") {
        Some(given) => {
            let given = given.to_owned();
            refuse_future_number(tx, &given)?;
            given
        }
        None => next_number(tx)?,
    };
    row.set("ticket_number", number.as_str());
    row.set_default("status", ticket_status::PENDING);
    row.set("payment_date", tx.now());
    row.set("is_active", true);
    let id = tx.insert(&TICKETS, row)?;
    // The appointment's column is shorter than a number written by hand may be.
    let shown: String = number.chars().take(20).collect();
    tx.update(&APPOINTMENTS, appointment, Changes::new().with("ticket_number", shown))?;
    Ok(id)
}

/// Changes a ticket; its state moves only the ways that paying and calling off go.
pub fn change(tx: &mut Tx<'_>, id: i64, changes: &Changes) -> Result<()> {
    let state = queries::state(tx, id)?.ok_or_else(absent)?;
    let mut row = normal(changes);
    let complaints = complaints(&row);
    if !complaints.is_empty() {
        return Err(Refusal::fields(complaints).into());
    }
    if let Some(number) = row.text("ticket_number").map(str::to_owned) {
        refuse_future_number(tx, &number)?;
    }
    let wanted = row.remove("status");
    if row.has("amount")
        && state.status != ticket_status::PENDING
        && row.decimal("amount") != Some(state.amount.decimal())
    {
        return Err(refused(TicketRefusal::Closed));
    }
    tx.update(&TICKETS, id, row)?;
    match wanted {
        Some(Value::Text(status)) if status != state.status => move_to(tx, id, &status),
        _ => Ok(()),
    }
}

fn move_to(tx: &mut Tx<'_>, id: i64, status: &str) -> Result<()> {
    match status {
        ticket_status::PAID => pay(tx, id),
        ticket_status::CANCELLED | ticket_status::REFUNDED => {
            let state = queries::state(tx, id)?.ok_or_else(absent)?;
            match rules::called_off(&state.status) {
                Ok(reached) if reached == status => call_off(tx, id),
                _ => Err(refused(TicketRefusal::Closed)),
            }
        }
        _ => Err(refused(TicketRefusal::Closed)),
    }
}

/// Takes the money: a pending ticket becomes paid, now.
pub fn pay(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let state = queries::state(tx, id)?.ok_or_else(absent)?;
    rules::may_pay(&state.status, state.amount).map_err(refused)?;
    let row = Changes::new().with("status", ticket_status::PAID).with("payment_date", tx.now());
    tx.update(&TICKETS, id, row)?;
    Ok(())
}

/// Calls a ticket off: a pending one is cancelled, a paid one given back.
pub fn call_off(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let state = queries::state(tx, id)?.ok_or_else(absent)?;
    let reached = rules::called_off(&state.status).map_err(refused)?;
    tx.update(&TICKETS, id, Changes::new().with("status", reached))?;
    Ok(())
}

/// Removes a ticket from the lists.
pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    if tx.soft_delete(&TICKETS, id, Changes::new().with("is_active", false))? {
        Ok(())
    } else {
        Err(absent())
    }
}

/// An appointment was called off: so is its ticket, unless it is closed already.
pub fn call_off_with_appointment(tx: &mut Tx<'_>, appointment: i64) -> Result<()> {
    match queries::state_of_appointment(tx, appointment)? {
        Some(TicketState { id, status, .. }) if rules::called_off(&status).is_ok() => {
            call_off(tx, id)
        }
        _ => Ok(()),
    }
}

/// An appointment's payment changed: its pending ticket follows, or a ticket is issued if it has none.
pub fn follow_payment(tx: &mut Tx<'_>, appointment: i64, payment: Option<&Value>) -> Result<()> {
    match queries::state_of_appointment(tx, appointment)? {
        Some(state) if state.status == ticket_status::PENDING => {
            if matches!(payment, Some(Value::Decimal(..))) {
                tx.update(&TICKETS, state.id, Changes::new().with("amount", amount_of(payment)))?;
            }
            Ok(())
        }
        Some(_) => Ok(()),
        None => {
            let number = next_number(tx)?;
            issue(tx, appointment, &number, payment)?;
            tx.update(
                &APPOINTMENTS,
                appointment,
                Changes::new().with("ticket_number", number.as_str()),
            )?;
            Ok(())
        }
    }
}

/// An appointment was removed: its ticket goes along.
pub fn remove_with_appointment(tx: &mut Tx<'_>, appointment: i64) -> Result<()> {
    match queries::state_of_appointment(tx, appointment)? {
        Some(state) => remove(tx, state.id),
        None => Ok(()),
    }
}

/// An appointment came back: so does the ticket that went along.
pub fn restore_with_appointment(tx: &mut Tx<'_>, appointment: i64) -> Result<()> {
    if let Some(id) = queries::last_deleted(tx, appointment)? {
        tx.restore(&TICKETS, id, Changes::new().with("is_active", true))?;
    }
    Ok(())
}

/// What stands on the ticket of an appointment.
pub(super) fn description_of(appointment: i64) -> String {
    rust_i18n::t!("appointments.ticket_description", locale = "es", id = appointment).into_owned()
}

fn amount_of(payment: Option<&Value>) -> Money {
    match payment {
        Some(Value::Decimal(amount, _)) => Money::try_from(*amount).unwrap_or_default(),
        _ => Money::ZERO,
    }
}

/// Ways to pay are written in lower case.
fn normal(changes: &Changes) -> Changes {
    let mut row = changes.clone();
    if let Some(method) = changes.text("payment_method") {
        row.set("payment_method", method.to_lowercase());
    }
    row
}

fn complaints(row: &Changes) -> Vec<FieldError> {
    let mut complaints = Vec::new();
    if let Some(method) = row.text("payment_method")
        && !PAYMENT_METHODS.contains(&method)
    {
        complaints.push(complaint(
            "payment_method",
            "invalid_choice",
            Text::key("error.invalid_choice").with("value", method),
        ));
    }
    if row.decimal("amount").is_some_and(|amount| amount <= rust_decimal::Decimal::ZERO) {
        complaints.push(complaint(
            "amount",
            "min_value",
            Text::key("appointments.amount_positive"),
        ));
    }
    complaints
}

/// A number that the series has still to give would make that booking fail.
fn refuse_future_number(tx: &mut Tx<'_>, number: &str) -> Result<()> {
    hold_bookings(tx)?;
    match rules::number_in(SERIES, number) {
        Some(inside) if inside > queries::last_number(tx, SERIES)? => Err(Refusal::field(
            "ticket_number",
            "reserved",
            Text::key("appointments.number_reserved"),
        )
        .into()),
        _ => Ok(()),
    }
}

fn complaint(field: &'static str, code: &'static str, message: Text) -> FieldError {
    FieldError { field: field.into(), code, message }
}

fn refused(refusal: TicketRefusal) -> Error {
    let (code, key) = match refusal {
        TicketRefusal::AlreadyPaid => ("already_paid", "appointments.ticket_already_paid"),
        TicketRefusal::Closed => ("ticket_closed", "appointments.ticket_closed"),
        TicketRefusal::NothingToPay => ("nothing_to_pay", "appointments.nothing_to_pay"),
    };
    Refusal::new(platform::error::Kind::Invalid, code, Text::key(key)).into()
}

/// There is no such ticket.
pub fn absent() -> Error {
    Refusal::not_found("appointments.ticket_not_found").into()
}
