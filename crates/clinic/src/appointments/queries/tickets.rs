//! Tickets with the appointment they belong to.

use chrono::{Days, NaiveDate};
use platform::db::filter::{Orderable, contains, order_by};
use platform::db::{Conn, DbResult, Filter, Listing, Page, PageRequest, Row, Tx, Value, search};
use platform::params;
use platform::types::Money;
use platform::types::time::midnight;

const COLUMNS: &str = "t.id, t.appointment_id, a.appointment_date, a.hour, t.ticket_number, t.payment_date, \
    t.amount, t.payment_method, t.description, t.status, t.created_at, t.updated_at, t.deleted_at";

const JOINS: &str = " LEFT JOIN appointments a ON a.id = t.appointment_id";

const ORDERABLE: &[Orderable] = &[
    ("payment_date", "t.payment_date"),
    ("amount", "t.amount"),
    ("created_at", "t.created_at"),
    ("updated_at", "t.updated_at"),
    ("id", "t.id"),
];

/// Which tickets a list shows.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Deleted ones instead of live ones.
    pub deleted: bool,
    /// In this state.
    pub status: Option<String>,
    /// Paid this way.
    pub payment_method: Option<String>,
    /// Of this appointment.
    pub appointment: Option<i64>,
    /// With this number.
    pub ticket_number: Option<String>,
    /// With a payment date on this day (UTC).
    pub payment_day: Option<NaiveDate>,
    /// Whose number begins so, or whose description says so.
    pub search: Option<String>,
    /// Order asked for.
    pub ordering: Option<String>,
}

impl Listed {
    fn filter(&self) -> Filter {
        let state = if self.deleted { "t.deleted_at IS NOT NULL" } else { "t.deleted_at IS NULL" };
        let mut filter = Filter::new()
            .and(state)
            .equal("t.status", self.status.as_deref())
            .equal("t.payment_method", self.payment_method.as_deref())
            .equal("t.appointment_id", self.appointment)
            .equal("t.ticket_number", self.ticket_number.as_deref());
        if let Some(day) = self.payment_day {
            let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
            filter = filter.and_with(
                "t.payment_date >= ? AND t.payment_date < ?",
                &params![midnight(day), midnight(next)],
            );
        }
        if let Some(term) = self.search.as_deref().map(str::trim).filter(|term| !term.is_empty()) {
            let (low, high) = search::prefix_range(&term.to_uppercase());
            let (said, mut values) = contains(&["t.description_fold"], term);
            values.extend(params![low, high]);
            filter = filter.and_with(
                &format!("({said} OR (t.ticket_number >= ? AND t.ticket_number < ?))"),
                &values,
            );
        }
        filter
    }

    fn is_everything(&self) -> bool {
        !self.deleted
            && self.status.is_none()
            && self.payment_method.is_none()
            && self.appointment.is_none()
            && self.ticket_number.is_none()
            && self.payment_day.is_none()
            && self.search.is_none()
    }
}

/// A page of tickets, the latest payment first; `None` if there is no such page.
pub fn list<T>(
    conn: &mut Conn,
    listed: &Listed,
    wanted: PageRequest,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<Page<T>>> {
    let order =
        order_by(listed.ordering.as_deref(), ORDERABLE, "t.payment_date DESC, t.id DESC", "t.id");
    Listing {
        columns: COLUMNS,
        table: "tickets t",
        joins: JOINS,
        filter: &listed.filter(),
        order: &order,
        counted: listed.is_everything().then_some("tickets"),
    }
    .page(conn, wanted, map)
}

/// One ticket, be it deleted.
pub fn find<T>(
    conn: &mut Conn,
    id: i64,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    conn.first(&format!("SELECT {COLUMNS} FROM tickets t{JOINS} WHERE t.id = ?"), &params![id], map)
}

/// The live ticket with a number.
pub fn find_by_number<T>(
    conn: &mut Conn,
    number: &str,
    map: impl FnMut(&Row<'_>) -> DbResult<T>,
) -> DbResult<Option<T>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tickets t{JOINS} WHERE t.ticket_number = ? AND t.deleted_at IS NULL"
    );
    conn.first(&sql, &params![number], map)
}

/// What a change of a ticket must know.
#[derive(Clone, Debug)]
pub struct TicketState {
    /// Id.
    pub id: i64,
    /// State.
    pub status: String,
    /// Amount.
    pub amount: Money,
}

fn read_state(row: &Row<'_>) -> DbResult<TicketState> {
    Ok(TicketState { id: row.get("id")?, status: row.get("status")?, amount: row.get("amount")? })
}

/// A live ticket's state, held until the transaction ends.
pub fn state(tx: &mut Tx<'_>, id: i64) -> DbResult<Option<TicketState>> {
    let sql = format!(
        "SELECT id, status, amount FROM tickets WHERE id = ? AND deleted_at IS NULL{}",
        tx.for_update()
    );
    tx.first(&sql, &params![id], read_state)
}

/// The state of an appointment's live ticket, held until the transaction ends.
pub fn state_of_appointment(tx: &mut Tx<'_>, appointment: i64) -> DbResult<Option<TicketState>> {
    let sql = format!(
        "SELECT id, status, amount FROM tickets WHERE appointment_id = ? AND deleted_at IS NULL{}",
        tx.for_update()
    );
    tx.first(&sql, &params![appointment], read_state)
}

/// The ticket that was deleted last with its appointment.
pub fn last_deleted(tx: &mut Tx<'_>, appointment: i64) -> DbResult<Option<i64>> {
    let sql = "SELECT id FROM tickets WHERE appointment_id = ? AND deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC LIMIT 1";
    tx.scalar(sql, &params![appointment])
}

/// Takes the next number of a series. The series' row is held until the transaction ends, so that no number
/// is given twice and none is lost: a transaction that rolls back gives its number back.
pub fn next_number(tx: &mut Tx<'_>, series: &str) -> DbResult<i64> {
    take_numbers(tx, series, 1)
}

/// Takes the next `count` numbers of a series and returns the last of them.
pub fn take_numbers(tx: &mut Tx<'_>, series: &str, count: usize) -> DbResult<i64> {
    tx.update_or_insert(
        "UPDATE ticket_series SET last_number = last_number + ? WHERE series = ?",
        "INSERT INTO ticket_series (last_number, series) VALUES (?, ?)",
        &params![count, series],
    )?;
    last_number(tx, series)
}

/// All numbers ever written on a ticket or an appointment, deleted ones too.
pub fn written_numbers(conn: &mut Conn) -> DbResult<Vec<String>> {
    let sql = "SELECT ticket_number FROM tickets UNION \
               SELECT ticket_number FROM appointments WHERE ticket_number IS NOT NULL";
    conn.rows(sql, &[], |row| row.at(0))
}

/// Says which number of a series was the last.
pub fn set_last_number(tx: &mut Tx<'_>, series: &str, last: i64) -> DbResult<()> {
    tx.update_or_insert(
        "UPDATE ticket_series SET last_number = ? WHERE series = ?",
        "INSERT INTO ticket_series (last_number, series) VALUES (?, ?)",
        &params![last, series],
    )
}

/// The last number given in a series.
pub fn last_number(conn: &mut Conn, series: &str) -> DbResult<i64> {
    Ok(conn
        .scalar("SELECT last_number FROM ticket_series WHERE series = ?", &params![series])?
        .unwrap_or(0))
}

/// Holds a series until the transaction ends, without taking a number.
pub fn hold_series(tx: &mut Tx<'_>, series: &str) -> DbResult<()> {
    tx.execute(
        "UPDATE ticket_series SET last_number = last_number WHERE series = ?",
        &params![series],
    )
    .map(|_| ())
}

/// Numbers and sums of live tickets by state.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// State, how many, and their sum.
    pub by_status: Vec<(String, i64, Money)>,
}

/// Numbers and sums of live tickets.
pub fn totals(conn: &mut Conn) -> DbResult<Totals> {
    let sql = "SELECT status, COUNT(*) AS number, SUM(amount) AS total FROM tickets WHERE deleted_at IS NULL GROUP BY status";
    let by_status = conn.rows(sql, &[] as &[Value], |row| {
        Ok((row.get("status")?, row.get("number")?, row.get("total")?))
    })?;
    Ok(Totals { by_status })
}
