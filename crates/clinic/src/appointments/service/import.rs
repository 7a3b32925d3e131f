//! Many appointments at once, each with its ticket.

use platform::db::{Changes, Tx};
use platform::error::Result;

use super::tickets::{SERIES, description_of};
use crate::appointments::model::{APPOINTMENTS, TICKETS};
use crate::appointments::queries::tickets as queries;
use crate::appointments::rules::ticket_number;

/// Writes appointments, each with a ticket under the next number of the series; returns the last number. The
/// rows are trusted, and all have the same columns; numbers and ids are added here.
pub fn import(tx: &mut Tx<'_>, rows: Vec<(Changes, Changes)>) -> Result<i64> {
    let count = i64::try_from(rows.len()).unwrap_or(0);
    let last = queries::take_numbers(tx, SERIES, rows.len())?;
    let (mut visits, mut tickets): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    for ((number, visit), ticket) in (last - count + 1..).zip(&mut visits).zip(&mut tickets) {
        let number = ticket_number(SERIES, number);
        visit.set("ticket_number", number.as_str());
        ticket.set("ticket_number", number);
    }
    let first = tx.insert_numbered(&APPOINTMENTS, visits)?;
    for (id, ticket) in (first..).zip(&mut tickets) {
        ticket.set("appointment_id", id);
        ticket.set("description", description_of(id));
    }
    tx.insert_numbered(&TICKETS, tickets)?;
    Ok(last)
}
