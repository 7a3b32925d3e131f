//! A month of appointments, day by day.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::{Datelike, Days, Months, NaiveDate};
use platform::app::App;
use platform::db::{DbResult, Row};
use platform::http::{Answer, Caller, Query, json};
use platform::i18n::Text;
use platform::types::text::joined;
use platform::types::time::{WireDate, WireMoment, WireTime};
use serde::Serialize;
use utoipa::ToSchema;

use super::appointments::listed;
use crate::appointments::queries::calendar as queries;

/// Appointments a month shows; the counts are of all.
const CAP: u64 = 10_000;

/// A month.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarView {
    /// `YYYY-MM`.
    pub month: String,
    /// Its first day.
    pub start_date: WireDate,
    /// Its last day.
    pub end_date: WireDate,
    /// Appointments in it.
    pub count: i64,
    /// Every day of it.
    pub days: Vec<DayView>,
}

/// A day of a month.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayView {
    /// The day.
    pub date: WireDate,
    /// Appointments on it.
    pub count: i64,
    /// They, by hour; those without an hour first.
    pub appointments: Vec<EntryView>,
}

/// An appointment as a calendar shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryView {
    /// Id.
    pub id: i64,
    /// Patient id.
    pub patient: i64,
    /// The patient's full name.
    pub patient_name: String,
    /// Therapist id.
    pub therapist: Option<i64>,
    /// The therapist's full name.
    pub therapist_name: Option<String>,
    /// The day, as its midnight UTC.
    pub appointment_date: Option<WireMoment>,
    /// Hour on the clinic's clock.
    pub hour: Option<WireTime>,
    /// Type.
    pub appointment_type: Option<String>,
    /// Room.
    pub room: Option<i32>,
    /// Number of its ticket.
    pub ticket_number: Option<String>,
    /// State.
    pub appointment_status: String,
}

impl EntryView {
    fn read(row: &Row<'_>) -> DbResult<Self> {
        let id = row.get("id")?;
        let patient = row.get("patient_id")?;
        let patient_name = joined([
            row.get("patient_first")?,
            row.get("patient_paternal")?,
            row.get("patient_maternal")?,
        ]);
        let therapist: Option<i64> = row.get("therapist_id")?;
        let name = joined([
            row.get("therapist_first")?,
            row.get("therapist_paternal")?,
            row.get("therapist_maternal")?,
        ]);
        Ok(Self {
            id,
            patient,
            patient_name,
            therapist,
            therapist_name: therapist.map(|_| name),
            appointment_date: row.get("appointment_date")?,
            hour: row.get("hour")?,
            appointment_type: row.get("appointment_type")?,
            room: row.get("room")?,
            ticket_number: row.get("ticket_number")?,
            appointment_status: row.get("appointment_status")?,
        })
    }
}

/// This month, or `month=YYYY-MM`, or `year` and `month` as numbers.
pub async fn show(State(app): State<App>, _caller: Caller, mut query: Query) -> Answer {
    let first = first_day(&mut query, app.today());
    let mut listed = listed(&mut query);
    listed.search = None;
    query.finish()?;
    let last = first
        .checked_add_months(Months::new(1))
        .and_then(|next| next.checked_sub_days(Days::new(1)))
        .unwrap_or(first);
    (listed.day, listed.from, listed.to) = (None, Some(first), Some(last));
    let (counts, entries) = app
        .db()
        .read(move |conn| {
            let counts = queries::counts(conn, &listed)?;
            Ok((counts, queries::list(conn, &listed, CAP, EntryView::read)?))
        })
        .await?;
    let counts: BTreeMap<NaiveDate, i64> = counts.into_iter().collect();
    let mut by_day: BTreeMap<NaiveDate, Vec<EntryView>> = BTreeMap::new();
    for entry in entries {
        if let Some(moment) = entry.appointment_date {
            by_day.entry(moment.0.date_naive()).or_default().push(entry);
        }
    }
    let day = |date: NaiveDate| DayView {
        date: WireDate(date),
        count: counts.get(&date).copied().unwrap_or(0),
        appointments: by_day.remove(&date).unwrap_or_default(),
    };
    let days = first.iter_days().take_while(|date| *date <= last).map(day).collect();
    Ok(json(
        200,
        &CalendarView {
            month: first.format("%Y-%m").to_string(),
            start_date: WireDate(first),
            end_date: WireDate(last),
            count: counts.values().sum(),
            days,
        },
    ))
}

fn first_day(query: &mut Query, today: NaiveDate) -> NaiveDate {
    let asked = query.text("month").map(str::to_owned);
    let year = query.int("year");
    let parsed = match (asked.as_deref(), year) {
        (None, None) => today.with_day(1),
        (Some(month), None) => month.split_once('-').and_then(|(year, month)| of(year, month)),
        (Some(month), Some(year)) => of(&year.to_string(), month),
        (None, Some(_)) => None,
    };
    parsed.unwrap_or_else(|| {
        query.complain("month", "invalid", Text::key("appointments.month"));
        today
    })
}

/// The first day of a month in the years that a clinic's calendar has.
fn of(year: &str, month: &str) -> Option<NaiveDate> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(year) || !is_number(month) {
        return None;
    }
    let year: i32 = year.parse().ok().filter(|year| (1900..=9_998).contains(year))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)
}
