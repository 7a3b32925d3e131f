//! Handlers of histories.

use std::collections::BTreeMap;

use axum::extract::State;
use platform::app::App;
use platform::db::page::Beyond;
use platform::db::{PageRequest, Tx};
use platform::error::{Refusal, Result};
use platform::http::query::FAMILY_B;
use platform::http::stream::CAP;
use platform::http::{
    Answer, Body, Caller, Id, Mode, Query, Written, fields, json, paging, sentence, stream,
};
use platform::i18n::Text;

use super::bodies::{
    DeletedView, HISTORY_FIELDS, HistoryDone, HistoryRow, HistoryView, PATIENT_FIELDS, YES_OR_NO,
};
use crate::configurations::model::HISTORIES;
use crate::configurations::queries::histories::{self as queries, Listed};
use crate::configurations::service::histories as service;

/// The keyed list, which stops at its cap and says so; pages when a page is asked for.
pub async fn list(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let listed = Listed {
        patient: query.id("patient").or_else(|| query.id("patient_id")),
        search: query.text("search").map(str::to_owned),
    };
    let wanted = query.page(FAMILY_B);
    query.finish()?;
    if query.wants_page() {
        return paging::answer(&app, &caller, query, move |conn, rows| {
            queries::list(conn, &listed, wanted, |row| rows.push(&HistoryRow::read(row)?))
        })
        .await;
    }
    let whole = PageRequest { number: 1, size: CAP, beyond: Beyond::Last };
    let page = app
        .db()
        .read(move |conn| Ok(queries::list(conn, &listed, whole, HistoryRow::read)?))
        .await?;
    let (rows, total) = page.map_or_else(Default::default, |page| (page.rows, page.count));
    let mut response = json(200, &BTreeMap::from([("histories", rows)]));
    stream::say_length(&mut response, &caller, &query, total);
    Ok(response)
}

pub async fn create(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let changes = fields::read(&HISTORIES, PATIENT_FIELDS, &body, Mode::Create)?;
    let view = app
        .write(&caller, move |tx| {
            let patient = changes.int("patient_id").ok_or_else(|| {
                Refusal::field("patient", "required", Text::key("error.required"))
            })?;
            let id = service::open(tx, patient)?;
            queries::find(tx, id, HistoryRow::read)?.ok_or_else(service::absent)
        })
        .await?;
    Ok(json(201, &view))
}

pub async fn show(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let sees_private = sees_private(&caller);
    paging::answer_one(&app, service::absent, move |conn| {
        queries::find(conn, id, |row| Written::of(&HistoryView::read(row, sees_private)?))
    })
    .await
}

/// PUT and PATCH alike: what is absent stays as it is.
pub async fn update(State(app): State<App>, caller: Caller, Id(id): Id, mut body: Body) -> Answer {
    // quirk: any text that does not say yes says no here, also an empty one.
    for name in YES_OR_NO {
        if let Some(serde_json::Value::String(text)) = body.0.get(name) {
            let says_yes =
                ["true", "1", "yes", "si", "sí"].contains(&text.trim().to_lowercase().as_str());
            body.0.insert(name.to_owned(), says_yes.into());
        }
    }
    let changes = fields::read(&HISTORIES, HISTORY_FIELDS, &body, Mode::Patch)?;
    let sees_private = sees_private(&caller);
    let history = app
        .write(&caller, move |tx| {
            service::update(tx, id, &changes, sees_private)?;
            changed(tx, id, sees_private)
        })
        .await
        .map_err(|error| fields::by_key(error, HISTORY_FIELDS))?;
    let message = sentence(&app, &caller, "configurations.history_updated");
    Ok(json(200, &HistoryDone { message, history }))
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    app.write(&caller, move |tx| service::remove(tx, id)).await?;
    Ok(json(200, &DeletedView { status: "deleted", id }))
}

pub async fn restore(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let sees_private = sees_private(&caller);
    let history = app
        .write(&caller, move |tx| {
            service::restore(tx, id)?;
            changed(tx, id, sees_private)
        })
        .await?;
    let message = sentence(&app, &caller, "configurations.history_restored");
    Ok(json(200, &HistoryDone { message, history }))
}

fn sees_private(caller: &Caller) -> bool {
    caller.can("clinical.private")
}

fn changed(tx: &mut Tx<'_>, id: i64, sees_private: bool) -> Result<Written> {
    let found =
        queries::find(tx, id, |row| Written::of(&HistoryView::read(row, sees_private)?.changed()))?;
    found.ok_or_else(service::absent)
}
