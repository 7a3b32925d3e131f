//! Handlers of the status catalogue.

use axum::extract::State;
use platform::app::App;
use platform::db::page::Beyond;
use platform::db::{PageRequest, Tx};
use platform::error::Result;
use platform::http::query::FAMILY_A;
use platform::http::stream::CAP;
use platform::http::{
    Answer, Body, Caller, Id, Mode, Query, Rows, Written, empty, fields, json, paging, stream,
};

use super::bodies::{AppointmentView, STATUS_FIELDS, StatusView};
use crate::appointments::model::APPOINTMENT_STATUSES;
use crate::appointments::queries::appointments;
use crate::appointments::queries::statuses::{self as queries, Listed};
use crate::appointments::service::statuses as service;

pub async fn list(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let listed = Listed {
        is_active: query.flag("is_active"),
        name: query.text("name").map(str::to_owned),
        search: query.text("search").map(str::to_owned),
        ordering: query.text("ordering").map(str::to_owned),
    };
    let wanted = query.page(FAMILY_A);
    query.finish()?;
    paging::answer(&app, &caller, query, move |conn, rows| {
        queries::list(conn, &listed, wanted, |row| rows.push(&StatusView::read(row)?))
    })
    .await
}

pub async fn active(State(app): State<App>) -> Answer {
    let rows = app.db().read(|conn| Ok(queries::active(conn, StatusView::read)?)).await?;
    Ok(json(200, &rows))
}

pub async fn create(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let changes = fields::read(&APPOINTMENT_STATUSES, STATUS_FIELDS, &body, Mode::Create)?;
    let (view, restored) = app
        .write(&caller, move |tx| {
            let (id, restored) = service::create(tx, &changes)?;
            Ok((view(tx, id)?, restored))
        })
        .await?;
    if restored {
        let mut body = serde_json::to_value(&view).unwrap_or_default();
        if let Some(object) = body.as_object_mut() {
            object.insert("restored".to_owned(), true.into());
        }
        return Ok(json(200, &body));
    }
    Ok(json(201, &view))
}

pub async fn show(State(app): State<App>, Id(id): Id) -> Answer {
    paging::answer_one(&app, service::absent, move |conn| {
        queries::find(conn, id, |row| Written::of(&StatusView::read(row)?))
    })
    .await
}

pub async fn replace(app: State<App>, caller: Caller, id: Id, body: Body) -> Answer {
    change(app, caller, id, body, Mode::Replace).await
}

pub async fn patch(app: State<App>, caller: Caller, id: Id, body: Body) -> Answer {
    change(app, caller, id, body, Mode::Patch).await
}

async fn change(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id,
    body: Body,
    mode: Mode,
) -> Answer {
    let changes = fields::read(&APPOINTMENT_STATUSES, STATUS_FIELDS, &body, mode)?;
    let view = app
        .write(&caller, move |tx| {
            service::change(tx, id, &changes)?;
            view(tx, id)
        })
        .await?;
    Ok(json(200, &view))
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    app.write(&caller, move |tx| service::deactivate(tx, id)).await?;
    Ok(empty())
}

pub async fn activate(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let view = app
        .write(&caller, move |tx| {
            service::activate(tx, id)?;
            view(tx, id)
        })
        .await?;
    Ok(json(200, &view))
}

pub async fn deactivate(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let view = app
        .write(&caller, move |tx| {
            service::deactivate(tx, id)?;
            view(tx, id)
        })
        .await?;
    Ok(json(200, &view))
}

pub async fn appointments(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id,
    query: Query,
) -> Answer {
    let today = app.today();
    let (mut answer, total) = app
        .db()
        .read(move |conn| {
            let status = queries::find(conn, id, StatusView::read)?.ok_or_else(service::absent)?;
            let listed = appointments::Listed {
                status: Some(platform::types::fold(&status.name).to_uppercase()),
                ..appointments::Listed::default()
            };
            let wanted = PageRequest { number: 1, size: CAP, beyond: Beyond::Last };
            let mut rows = Rows::default();
            let page = appointments::list(conn, &listed, wanted, |row| {
                rows.push(&AppointmentView::read(row, today)?)
            })?;
            Ok((rows.array(), page.map_or(0, |page| page.count)))
        })
        .await?;
    stream::say_length(&mut answer, &caller, &query, total);
    Ok(answer)
}

fn view(tx: &mut Tx<'_>, id: i64) -> Result<StatusView> {
    queries::find(tx, id, StatusView::read)?.ok_or_else(service::absent)
}
