//! Handlers of the catalogue of diagnoses.

use axum::extract::State;
use platform::app::App;
use platform::db::page::Beyond;
use platform::db::{PageRequest, Row, Tx};
use platform::error::{Refusal, Result};
use platform::http::query::FAMILY_D;
use platform::http::stream::CAP;
use platform::http::{
    Answer, Body, Caller, Id, Mode, Query, Rows, Written, empty, fields, json, paging, sentence,
};
use platform::i18n::Text;

use super::bodies::{DIAGNOSIS_FIELDS, DiagnosisCountView, DiagnosisMadeView, DiagnosisView};
use crate::patients::model::DIAGNOSES;
use crate::patients::queries::{diagnoses as queries, records};
use crate::patients::service::diagnoses as service;

/// Diagnoses that the statistics name.
const MOST_FREQUENT: i64 = 10;

pub async fn list(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let search = query.text("search").map(str::to_owned);
    let wanted = query.page(FAMILY_D);
    query.finish()?;
    paging::answer(&app, &caller, query, move |conn, rows| {
        queries::list(conn, search.as_deref(), wanted, |row| rows.push(&DiagnosisView::read(row)?))
    })
    .await
}

pub async fn search(State(app): State<App>, caller: Caller, query: Query) -> Answer {
    let Some(term) = query.text("q").or_else(|| query.text("search")).map(str::to_owned) else {
        // The existing clients read this one refusal under `detail`.
        let text = Text::key("error.required");
        let refusal = Refusal::field("q", "required", text);
        return Err(refusal.with("detail", sentence(&app, &caller, "error.required")).into());
    };
    let wanted = PageRequest { number: 1, size: CAP, beyond: Beyond::Last };
    let answer = app
        .db()
        .read_short(move |conn| {
            let mut rows = Rows::default();
            queries::list(conn, Some(&term), wanted, |row| rows.push(&DiagnosisView::read(row)?))?;
            Ok(rows.array())
        })
        .await?;
    Ok(answer)
}

pub async fn statistics(State(app): State<App>) -> Answer {
    let rows = app
        .db()
        .read(|conn| Ok(records::most_frequent(conn, MOST_FREQUENT, DiagnosisCountView::read)?))
        .await?;
    Ok(json(200, &rows))
}

pub async fn create(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let changes = fields::read(&DIAGNOSES, DIAGNOSIS_FIELDS, &body, Mode::Create)?;
    let (view, made) = app
        .write(&caller, move |tx| {
            let made = service::create(tx, &changes)?;
            let restored = made.is_restored;
            let found = queries::find(tx, made.id, |row| {
                Written::of(&DiagnosisMadeView { diagnosis: DiagnosisView::read(row)?, restored })
            })?;
            Ok((found.ok_or_else(service::absent)?, made))
        })
        .await?;
    Ok(json(if made.is_restored { 200 } else { 201 }, &view))
}

pub async fn show(State(app): State<App>, Id(id): Id) -> Answer {
    paging::answer_one(&app, service::absent, move |conn| queries::find(conn, id, written)).await
}

/// PUT and PATCH alike: what is absent stays as it is.
pub async fn change(State(app): State<App>, caller: Caller, Id(id): Id, body: Body) -> Answer {
    let changes = fields::read(&DIAGNOSES, DIAGNOSIS_FIELDS, &body, Mode::Patch)?;
    let view = app
        .write(&caller, move |tx| {
            service::update(tx, id, &changes)?;
            view(tx, id)
        })
        .await?;
    Ok(json(200, &view))
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    app.write(&caller, move |tx| service::remove(tx, id)).await?;
    Ok(empty())
}

fn view(tx: &mut Tx<'_>, id: i64) -> Result<Written> {
    queries::find(tx, id, written)?.ok_or_else(service::absent)
}

fn written(row: &Row<'_>) -> platform::db::DbResult<Written> {
    Written::of(&DiagnosisView::read(row)?)
}
