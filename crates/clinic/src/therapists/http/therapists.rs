//! Handlers of therapists.

use axum::extract::State;
use platform::app::App;
use platform::db::{DbResult, Row, Tx};
use platform::error::Result;
use platform::http::{Answer, Body, Caller, Id, Mode, Query, Written, empty, fields, json, paging};
use serde_json::json as object;

use super::bodies::{FIELDS, TherapistView};
use crate::therapists::model::THERAPISTS;
use crate::therapists::queries::{self, Listed};
use crate::therapists::service;

pub async fn root(caller: Caller) -> Answer {
    Ok(json(
        200,
        &object!({ "therapists": format!("{}/api/therapists/therapists/", caller.base_url()) }),
    ))
}

pub async fn list(State(app): State<App>, caller: Caller, query: Query) -> Answer {
    let live = state(&query);
    page(app, caller, query, live).await
}

pub async fn inactive(State(app): State<App>, caller: Caller, query: Query) -> Answer {
    page(app, caller, query, Some(false)).await
}

async fn page(app: App, caller: Caller, mut query: Query, live: Option<bool>) -> Answer {
    let listed = Listed {
        live,
        region: query.id("region"),
        province: query.id("province"),
        district: query.id("district"),
        search: query.text("search").map(str::to_owned),
    };
    let wanted = query.page(platform::http::query::FAMILY_A);
    query.finish()?;
    paging::answer(&app, &caller, query, move |conn, rows| {
        queries::list(conn, &listed, wanted, |row| rows.push(&TherapistView::read(row)?))
    })
    .await
}

pub async fn create(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let changes = fields::read(&THERAPISTS, FIELDS, &body, Mode::Create)?;
    let today = app.today();
    let view = app
        .write(&caller, move |tx| {
            let id = service::create(tx, &changes, today)?;
            view(tx, id)
        })
        .await
        .map_err(|error| fields::by_key(error, FIELDS))?;
    Ok(json(201, &view))
}

pub async fn show(State(app): State<App>, Id(id): Id, query: Query) -> Answer {
    let live = state(&query);
    paging::answer_one(&app, service::absent, move |conn| queries::find(conn, id, live, written))
        .await
}

pub async fn replace(app: State<App>, caller: Caller, id: Id, query: Query, body: Body) -> Answer {
    change(app, caller, id, query, body, Mode::Replace).await
}

pub async fn patch(app: State<App>, caller: Caller, id: Id, query: Query, body: Body) -> Answer {
    change(app, caller, id, query, body, Mode::Patch).await
}

async fn change(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id,
    query: Query,
    body: Body,
    mode: Mode,
) -> Answer {
    let changes = fields::read(&THERAPISTS, FIELDS, &body, mode)?;
    let (today, live) = (app.today(), state(&query));
    let uploads = app.config().files.media_root.clone();
    let view = app
        .write(&caller, move |tx| {
            queries::find(tx, id, live, |_| Ok(()))?.ok_or_else(service::absent)?;
            service::update(tx, id, &changes, today, &uploads)?;
            view(tx, id)
        })
        .await
        .map_err(|error| fields::by_key(error, FIELDS))?;
    Ok(json(200, &view))
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    app.write(&caller, move |tx| service::remove(tx, id)).await?;
    Ok(empty())
}

pub async fn restore(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let view = app
        .write(&caller, move |tx| {
            service::restore(tx, id)?;
            view(tx, id)
        })
        .await?;
    Ok(json(200, &view))
}

/// Live ones unless asked otherwise: `active=false` the deleted, any other word all.
fn state(query: &Query) -> Option<bool> {
    match query.text("active").map(str::to_ascii_lowercase).as_deref() {
        None | Some("true" | "1" | "yes") => Some(true),
        Some("false" | "0" | "no") => Some(false),
        Some(_) => None,
    }
}

pub(super) fn view(tx: &mut Tx<'_>, id: i64) -> Result<Written> {
    queries::find(tx, id, None, written)?.ok_or_else(service::absent)
}

fn written(row: &Row<'_>) -> DbResult<Written> {
    Written::of(&TherapistView::read(row)?)
}
