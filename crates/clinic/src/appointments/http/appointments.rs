//! Handlers of appointments.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use platform::app::App;
use platform::db::{Changes, Tx, Value};
use platform::error::{Error, Refusal, Result};
use platform::http::query::FAMILY_D;
use platform::http::{
    Answer, Body, Caller, Id, Mode, Query, Written, fields, json, message, paging, sentence,
};
use platform::i18n::Text;
use platform::types::time::{midnight, parse_time};
use serde_json::json as object;

use super::bodies::{APPOINTMENT_FIELDS, AppointmentDone, AppointmentView, AvailabilityView};
use crate::appointments::model::{APPOINTMENTS, status};
use crate::appointments::queries::appointments::{self as queries, Listed, Resource};
use crate::appointments::rules::{self, MAX_MINUTES, VISIT_MINUTES};
use crate::appointments::service::booking::{self, Desk};
use crate::patients;

pub async fn root(caller: Caller) -> Answer {
    let base = format!("{}/api/appointments", caller.base_url());
    Ok(json(
        200,
        &object!({
            "appointments": format!("{base}/appointments/"),
            "appointment-statuses": format!("{base}/appointment-statuses/"),
            "tickets": format!("{base}/tickets/"),
        }),
    ))
}

pub async fn list(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let listed = listed(&mut query);
    page(&app, &caller, query, listed).await
}

pub async fn completed(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let mut listed = listed(&mut query);
    listed.to = app.today().pred_opt();
    listed.leave_out_cancelled = true;
    page(&app, &caller, query, listed).await
}

pub async fn pending(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let mut listed = listed(&mut query);
    listed.from = Some(app.today());
    listed.leave_out_cancelled = true;
    page(&app, &caller, query, listed).await
}

pub async fn of_patient(
    State(app): State<App>,
    caller: Caller,
    Id(patient): Id,
    mut query: Query,
) -> Answer {
    let listed = Listed { patient: Some(patient), ..listed(&mut query) };
    let wanted = query.page(FAMILY_D);
    query.finish()?;
    let today = app.today();
    paging::answer_or(&app, &caller, query, no_patient, move |conn, rows| {
        if !patients::is_live(conn, patient)? {
            return Ok(None);
        }
        queries::list(conn, &listed, wanted, |row| rows.push(&AppointmentView::read(row, today)?))
    })
    .await
}

fn no_patient() -> Error {
    Refusal::not_found("appointments.no_patient").into()
}

pub async fn by_date_range(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let mut listed = listed(&mut query);
    for name in ["start_date", "end_date"] {
        query.required(name);
    }
    (listed.from, listed.to) = (query.day("start_date"), query.day("end_date"));
    if listed.from > listed.to && listed.to.is_some() {
        query.complain("end_date", "reversed", Text::key("appointments.reversed_range"));
    }
    page(&app, &caller, query, listed).await
}

pub(super) fn listed(query: &mut Query) -> Listed {
    let text = |query: &Query, name: &str| query.text(name).map(str::to_owned);
    let wanted = text(query, "appointment_status");
    if let Some(value) = wanted.as_deref().filter(|value| !status::ALL.contains(value)) {
        let message = Text::key("error.invalid_choice").with("value", value);
        query.complain("appointment_status", "invalid_choice", message);
    }
    Listed {
        day: query.day("appointment_date").or_else(|| query.day("date")),
        from: None,
        to: None,
        status: wanted,
        leave_out_cancelled: false,
        patient: query.id("patient"),
        therapist: query.id("therapist"),
        appointment_type: text(query, "appointment_type"),
        room: query.int("room"),
        search: text(query, "search"),
        ordering: text(query, "ordering"),
    }
}

async fn page(app: &App, caller: &Caller, mut query: Query, listed: Listed) -> Answer {
    let wanted = query.page(FAMILY_D);
    query.finish()?;
    let today = app.today();
    paging::answer(app, caller, query, move |conn, rows| {
        queries::list(conn, &listed, wanted, |row| rows.push(&AppointmentView::read(row, today)?))
    })
    .await
}

pub async fn check_availability(State(app): State<App>, mut query: Query) -> Answer {
    query.required("date");
    let hour_text = query.required("hour");
    let day = query.day("date");
    let hour = parse_time(&hour_text);
    if hour.is_none() && !hour_text.is_empty() {
        query.complain("hour", "invalid", Text::key("error.time"));
    }
    let minutes = query.int("duration").unwrap_or(VISIT_MINUTES);
    if !(1..=MAX_MINUTES).contains(&minutes) {
        query.complain(
            "duration",
            "invalid",
            Text::key("appointments.duration").with("most", MAX_MINUTES),
        );
    }
    let therapist = query.id("therapist").map(Resource::Therapist);
    let room = query.int("room").map(Resource::Room);
    query.finish()?;
    let (Some(day), Some(hour)) = (day, hour) else {
        return Err(Refusal::field("date", "required", Text::key("error.required")).into());
    };
    let window = rules::overlapping_starts(day, hour, minutes);
    let clashes = app
        .db()
        .read(move |conn| {
            let asked: Vec<Option<Resource>> = match (therapist, room) {
                (None, None) => vec![None],
                (therapist, room) => therapist.into_iter().chain(room).map(Some).collect(),
            };
            let mut found = std::collections::BTreeSet::new();
            for resource in &asked {
                found.extend(queries::clashes(conn, &window, *resource, None, 1_000)?);
            }
            // Nobody in particular is asked for: one therapist who is free is enough.
            let is_anybody = asked == [None];
            if is_anybody && !found.is_empty() && queries::somebody_is_free(conn, &window)? {
                found.clear();
            }
            Ok(found.len())
        })
        .await?;
    Ok(json(
        200,
        &AvailabilityView { is_available: clashes == 0, conflicting_appointments: clashes },
    ))
}

pub async fn create(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let changes = read_body(&body, Mode::Create)?;
    let desk = desk(&app, &caller);
    let view = app
        .write(&caller, move |tx| {
            let id = booking::book(tx, &changes, desk)?;
            view(tx, id, desk.today)
        })
        .await
        .map_err(|error| fields::by_key(error, APPOINTMENT_FIELDS))?;
    Ok(done(&app, &caller, 201, "appointments.created", view))
}

pub async fn show(State(app): State<App>, Id(id): Id) -> Answer {
    let today = app.today();
    paging::answer_one(&app, booking::absent, move |conn| {
        queries::find(conn, id, |row| Written::of(&AppointmentView::read(row, today)?))
    })
    .await
}

pub async fn change(State(app): State<App>, caller: Caller, Id(id): Id, body: Body) -> Answer {
    let changes = read_body(&body, Mode::Patch)?;
    let desk = desk(&app, &caller);
    let view = app
        .write(&caller, move |tx| {
            booking::change(tx, id, &changes, desk)?;
            view(tx, id, desk.today)
        })
        .await
        .map_err(|error| fields::by_key(error, APPOINTMENT_FIELDS))?;
    Ok(done(&app, &caller, 200, "appointments.updated", view))
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    app.write(&caller, move |tx| booking::remove(tx, id)).await?;
    Ok(message(&app, &caller, 200, "appointments.deleted"))
}

pub async fn restore(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let today = app.today();
    let view = app
        .write(&caller, move |tx| {
            booking::restore(tx, id)?;
            view(tx, id, today)
        })
        .await?;
    Ok(done(&app, &caller, 200, "appointments.restored", view))
}

pub async fn cancel(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    app.write(&caller, move |tx| booking::cancel(tx, id)).await?;
    Ok(message(&app, &caller, 200, "appointments.cancelled"))
}

pub async fn reschedule(State(app): State<App>, caller: Caller, Id(id): Id, body: Body) -> Answer {
    const FIELDS: &[platform::http::Field] = &[
        platform::http::Field::new("appointment_date").required(),
        platform::http::Field::new("hour").aliases(&["appointment_hour"]).required(),
    ];
    let changes = fields::read(&APPOINTMENTS, FIELDS, &body, Mode::Create)?;
    let desk = desk(&app, &caller);
    app.write(&caller, move |tx| match (changes.date("appointment_date"), changes.time("hour")) {
        (Some(day), Some(hour)) => booking::reschedule(tx, id, day, hour, desk),
        _ => Err(Refusal::field("hour", "required", Text::key("error.required")).into()),
    })
    .await
    .map_err(|error| fields::by_key(error, APPOINTMENT_FIELDS))?;
    Ok(message(&app, &caller, 200, "appointments.rescheduled"))
}

/// The fields; the day is kept as its midnight UTC.
fn read_body(body: &Body, mode: Mode) -> Result<Changes> {
    let mut changes = fields::read(&APPOINTMENTS, APPOINTMENT_FIELDS, body, mode)?;
    if let Some(Value::DateTime(moment)) = changes.get("appointment_date") {
        let day = moment.date_naive();
        changes.set("appointment_date", midnight(day));
    }
    Ok(changes)
}

fn desk(app: &App, caller: &Caller) -> Desk {
    Desk { today: app.today(), may_backdate: caller.can("appointments.backdate") }
}

/// The appointment as it is now, and the number of its ticket.
fn view(tx: &mut Tx<'_>, id: i64, today: NaiveDate) -> Result<(Written, Option<String>)> {
    let found = queries::find(tx, id, |row| {
        let view = AppointmentView::read(row, today)?;
        Ok((Written::of(&view)?, view.ticket_number.map(str::to_owned)))
    })?;
    found.ok_or_else(booking::absent)
}

fn done(
    app: &App,
    caller: &Caller,
    status: u16,
    key: &'static str,
    (appointment, ticket_number): (Written, Option<String>),
) -> Response {
    json(
        status,
        &AppointmentDone { message: sentence(app, caller, key), appointment, ticket_number },
    )
}
