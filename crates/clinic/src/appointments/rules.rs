//! May this be booked, moved, cancelled, paid? Values in, a verdict out.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, Timelike};
use platform::types::Money;

use super::model::ticket_status;

/// Minutes a visit takes unless asked otherwise.
pub const VISIT_MINUTES: i64 = 60;
/// Longest stretch that can be asked about: a day.
pub const MAX_MINUTES: i64 = 24 * 60;

/// Why a visit cannot be booked so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The day has passed.
    PastDay,
    /// There is no such patient (any more).
    NoPatient,
    /// There is no such therapist (any more).
    NoTherapist,
    /// There is no such history (any more).
    NoHistory,
    /// The history is another patient's.
    ForeignHistory,
    /// The treatment ends before it begins.
    TreatmentReversed,
}

/// What is known about a booking.
#[derive(Clone, Copy, Debug, Default)]
pub struct Booking {
    /// The day, if the visit has one.
    pub day: Option<NaiveDate>,
    /// The clinic's day now.
    pub today: NaiveDate,
    /// Whether the caller may enter visits of days that have passed.
    pub may_backdate: bool,
    /// Patient, and whether there is such a live patient.
    pub patient: Option<i64>,
    /// See `patient`.
    pub patient_is_live: bool,
    /// Therapist, if one is named.
    pub therapist: Option<i64>,
    /// Whether there is such a live therapist.
    pub therapist_is_live: bool,
    /// History, if one is named.
    pub history: Option<i64>,
    /// Whose history it is, if there is such a live history.
    pub history_of: Option<i64>,
    /// First and last day of the treatment.
    pub treatment: (Option<NaiveDate>, Option<NaiveDate>),
}

/// Everything that speaks against a booking. A visit without therapist or hour may be booked: it waits for them.
#[must_use]
pub fn may_book(booking: &Booking) -> Vec<Refusal> {
    let mut against = Vec::new();
    if booking.day.is_some_and(|day| day < booking.today) && !booking.may_backdate {
        against.push(Refusal::PastDay);
    }
    if !booking.patient_is_live {
        against.push(Refusal::NoPatient);
    }
    if booking.therapist.is_some() && !booking.therapist_is_live {
        against.push(Refusal::NoTherapist);
    }
    if booking.history.is_some() {
        match booking.history_of {
            None => against.push(Refusal::NoHistory),
            Some(owner) if Some(owner) != booking.patient => against.push(Refusal::ForeignHistory),
            Some(_) => {}
        }
    }
    if let (Some(first), Some(last)) = booking.treatment
        && last < first
    {
        against.push(Refusal::TreatmentReversed);
    }
    against
}

/// When other visits, each of [`VISIT_MINUTES`], would have to begin to overlap one that begins at `start` and takes
/// `minutes`: days with the first and the last minute, both included. Intervals are half-open: one visit may
/// begin when the other ends. A late visit reaches into the next day.
#[must_use]
pub fn overlapping_starts(
    day: NaiveDate,
    start: NaiveTime,
    minutes: i64,
) -> Vec<(NaiveDate, NaiveTime, NaiveTime)> {
    let begin = day.and_time(start);
    let first = begin - TimeDelta::minutes(VISIT_MINUTES - 1);
    let last = begin + TimeDelta::minutes(minutes - 1);
    let day_ends = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(start);
    let mut parts = Vec::new();
    let mut part = first.date();
    while part <= last.date() {
        let from = if part == first.date() { first.time() } else { NaiveTime::MIN };
        let to = if part == last.date() { last.time() } else { day_ends };
        parts.push((part, from, to));
        let Some(next) = part.checked_add_days(Days::new(1)) else { break };
        part = next;
    }
    parts
}

/// What becomes of a ticket's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketRefusal {
    /// It is paid already.
    AlreadyPaid,
    /// It was called off or given back.
    Closed,
    /// A payment needs an amount above zero.
    NothingToPay,
}

/// A pending ticket with an amount may be paid, once.
pub fn may_pay(status: &str, amount: Money) -> Result<(), TicketRefusal> {
    match status {
        ticket_status::PENDING if !amount.is_positive() => Err(TicketRefusal::NothingToPay),
        ticket_status::PENDING => Ok(()),
        ticket_status::PAID => Err(TicketRefusal::AlreadyPaid),
        _ => Err(TicketRefusal::Closed),
    }
}

/// What calling a ticket off makes of it: a paid one is given back.
pub fn called_off(status: &str) -> Result<&'static str, TicketRefusal> {
    match status {
        ticket_status::PENDING => Ok(ticket_status::CANCELLED),
        ticket_status::PAID => Ok(ticket_status::REFUNDED),
        _ => Err(TicketRefusal::Closed),
    }
}

/// Whether an hour is a whole minute: visits begin on the minute.
#[must_use]
pub fn is_whole_minute(hour: NaiveTime) -> bool {
    hour.second() == 0 && hour.nanosecond() == 0
}

/// `TKT-001`: at least three digits.
#[must_use]
pub fn ticket_number(series: &str, number: i64) -> String {
    format!("{series}-{number:03}")
}

/// The number inside a ticket number of a series; `None` if it is of no such form.
#[must_use]
pub fn number_in(series: &str, text: &str) -> Option<i64> {
    let digits = text.strip_prefix(series)?.strip_prefix('-')?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        None
    } else {
        digits.parse().ok()
    }
}
