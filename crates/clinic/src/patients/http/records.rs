//! Handlers of medical records.

use axum::extract::State;
use platform::app::App;
use platform::db::Tx;
use platform::error::Result;
use platform::http::query::FAMILY_D;
use platform::http::{Answer, Body, Caller, Id, Mode, Query, Written, empty, fields, json, paging};
use platform::i18n::Text;

use super::bodies::{Eyes, RECORD_FIELDS, RecordRow, RecordView};
use super::patients::eyes;
use crate::patients::model::MEDICAL_RECORDS;
use crate::patients::queries::records::{self as queries, Listed};
use crate::patients::service::records as service;

pub async fn list(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let listed = Listed {
        patient: query.id("patient_id").or_else(|| query.id("patient")),
        diagnose: query.id("diagnose_id").or_else(|| query.id("diagnose")),
        status: query.text("status").map(str::to_owned),
        from: query.day("date_from"),
        to: query.day("date_to"),
        search: query.text("search").map(str::to_owned),
    };
    if listed.to.is_some() && listed.from > listed.to {
        query.complain("date_to", "reversed", Text::key("patients.reversed_range"));
    }
    page(&app, &caller, query, listed).await
}

/// quirk: a patient nobody knows has an empty history, as existing clients know it.
pub async fn of_patient(
    State(app): State<App>,
    caller: Caller,
    Id(patient): Id,
    query: Query,
) -> Answer {
    let listed = Listed { patient: Some(patient), ..Listed::default() };
    page(&app, &caller, query, listed).await
}

async fn page(app: &App, caller: &Caller, mut query: Query, listed: Listed) -> Answer {
    let wanted = query.page(FAMILY_D);
    query.finish()?;
    paging::answer(app, caller, query, move |conn, rows| {
        queries::list(conn, &listed, wanted, |row| rows.push(&RecordRow::read(row)?))
    })
    .await
}

pub async fn create(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let changes = fields::read(&MEDICAL_RECORDS, RECORD_FIELDS, &body, Mode::Create)?;
    let (today, eyes) = (app.today(), eyes(&app, &caller));
    let view = app
        .write(&caller, move |tx| {
            let id = service::create(tx, &changes, today)?;
            view(tx, id, eyes)
        })
        .await?;
    Ok(json(201, &view))
}

pub async fn show(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let eyes = eyes(&app, &caller);
    paging::answer_one(&app, service::absent, move |conn| {
        queries::find(conn, id, |row| Written::of(&RecordView::read(row, eyes)?))
    })
    .await
}

/// PUT and PATCH alike: what is absent stays as it is.
pub async fn change(State(app): State<App>, caller: Caller, Id(id): Id, body: Body) -> Answer {
    let changes = fields::read(&MEDICAL_RECORDS, RECORD_FIELDS, &body, Mode::Patch)?;
    let (today, eyes) = (app.today(), eyes(&app, &caller));
    let view = app
        .write(&caller, move |tx| {
            service::update(tx, id, &changes, today)?;
            view(tx, id, eyes)
        })
        .await?;
    Ok(json(200, &view))
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    app.write(&caller, move |tx| service::remove(tx, id)).await?;
    Ok(empty())
}

fn view(tx: &mut Tx<'_>, id: i64, eyes: Eyes) -> Result<Written> {
    let found = queries::find(tx, id, |row| Written::of(&RecordView::read(row, eyes)?))?;
    found.ok_or_else(service::absent)
}
