//! What appointments, statuses and tickets take from the Django program's tables.

use platform::db::migrate::adopt::{Taken, TakenColumn};
use platform::db::{Changes, Tx, Value};
use platform::error::Result;
use platform::types::fold;
use platform::types::time::midnight;

use super::model::{
    APPOINTMENT_STATUSES, APPOINTMENTS, PAYMENT_METHODS, TICKETS, status, ticket_status,
};
use super::service;

pub(super) const ADOPTION: &[Taken] = &[
    Taken::new(&APPOINTMENTS).columns(&[
        TakenColumn::of("appointment_date").mend(whole_day, "is not the beginning of a day"),
        TakenColumn::of("social_benefit").otherwise(|_| Value::Bool(true)),
        TakenColumn::of("appointment_status")
            .otherwise(|_| Value::from(status::PENDING))
            .mend(meant_status, "is another word for a status"),
    ]),
    Taken::new(&APPOINTMENT_STATUSES),
    Taken::new(&TICKETS).columns(&[
        TakenColumn::of("payment_date")
            .known_as(&["payment_date", "generated_at"])
            .otherwise(|row| row.get("created_at").cloned().unwrap_or(Value::Null)),
        TakenColumn::of("payment_method").form(method),
        TakenColumn::of("status")
            .otherwise(|_| Value::from(ticket_status::PENDING))
            .mend(meant_ticket_status, "is another word for a status"),
        TakenColumn::of("is_active").otherwise(is_live),
    ]),
];

/// Numbers go on after the highest.
pub(super) fn finish(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let last = service::tickets::continue_numbers(tx)?;
    Ok(vec![format!("Ticket numbers go on after {last}.")])
}

fn is_live(row: &Changes) -> Value {
    Value::Bool(row.get("deleted_at").is_none_or(Value::is_null))
}

/// The day is in one column, the time of day in another.
fn whole_day(value: &Value) -> Option<Value> {
    let Value::DateTime(moment) = value else { return None };
    let day = midnight(moment.date_naive());
    (day != *moment).then(|| Value::from(day))
}

fn meant_status(value: &Value) -> Option<Value> {
    meant(
        value,
        status::ALL,
        &[
            (
                status::COMPLETED,
                &["completada", "completed", "atendido", "atendida", "finalizado", "finalizada"],
            ),
            (status::PENDING, &["pending"]),
            (status::ACTIVE, &["activa", "active"]),
            (status::CANCELLED, &["cancelada", "cancelled", "canceled", "anulado", "anulada"]),
            (status::NO_SHOW, &["no show", "ausente"]),
        ],
    )
}

fn meant_ticket_status(value: &Value) -> Option<Value> {
    meant(
        value,
        ticket_status::ALL,
        &[
            (ticket_status::PAID, &["pagado", "pagada"]),
            (ticket_status::PENDING, &["pendiente"]),
            (
                ticket_status::CANCELLED,
                &["canceled", "cancelado", "cancelada", "anulado", "anulada"],
            ),
            (ticket_status::REFUNDED, &["reembolsado", "reembolsada", "devuelto", "devuelta"]),
        ],
    )
}

/// What a word that is none of the choices means; differences in case are seen without help.
fn meant(value: &Value, choices: &[&str], words: &[(&str, &[&str])]) -> Option<Value> {
    let Value::Text(text) = value else { return None };
    if choices.contains(&text.as_str()) {
        return None;
    }
    let folded = fold(&text.replace(['_', '-'], " "));
    let (choice, _) = words.iter().find(|(_, words)| words.contains(&folded.as_str()))?;
    Some(Value::from(*choice))
}

/// Ways to pay are written in lower case.
fn method(value: Value) -> Value {
    match &value {
        Value::Text(text) => {
            let lower = text.trim().to_lowercase();
            if PAYMENT_METHODS.contains(&lower.as_str()) { Value::from(lower) } else { value }
        }
        _ => value,
    }
}
