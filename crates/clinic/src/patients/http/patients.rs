//! Handlers of patients.

use std::ops::ControlFlow;

use axum::extract::State;
use platform::app::App;
use platform::db::{Conn, Row, Tx};
use platform::error::{Error, Refusal, Result};
use platform::http::query::{FAMILY_B, FAMILY_SEARCH, Family};
use platform::http::{
    Answer, Body, Caller, Id, Mode, Query, Written, empty, fields, json, paging, sentence, stream,
};
use platform::i18n::Text;

use super::bodies::{Eyes, FIELDS, PatientRow, PatientView};
use crate::patients::model::PATIENTS;
use crate::patients::queries::patients::{self as queries, Known, Listed};
use crate::patients::service::patients::{self as service, Registered};

pub async fn list(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    if query.wants_page() {
        return page(&app, &caller, query, FAMILY_B).await;
    }
    let listed = listed(&mut query);
    query.finish()?;
    let today = app.today();
    let counted = listed.clone();
    let total = app.db().read(move |conn| Ok(queries::count(conn, &counted)?)).await?;
    let rows = move |conn: &mut Conn, visit: stream::Visit<'_, PatientRow>| {
        queries::each(conn, &listed, stream::CAP, |row| {
            let goes_on = visit(PatientRow::read(row, today)?);
            Ok(if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })
    };
    Ok(stream::list(&app, &caller, &query, total, rows).await?)
}

pub async fn search(State(app): State<App>, caller: Caller, query: Query) -> Answer {
    page(&app, &caller, query, FAMILY_SEARCH).await
}

fn listed(query: &mut Query) -> Listed {
    Listed {
        document_type: query.id("document_type"),
        region: query.id("region"),
        province: query.id("province"),
        district: query.id("district"),
        search: query.text("search").or_else(|| query.text("q")).map(str::to_owned),
    }
}

async fn page(app: &App, caller: &Caller, mut query: Query, family: Family) -> Answer {
    let listed = listed(&mut query);
    let wanted = query.page(family);
    query.finish()?;
    let eyes = eyes(app, caller);
    paging::answer(app, caller, query, move |conn, rows| {
        queries::list(conn, &listed, wanted, |row| rows.push(&PatientView::read(row, eyes)?))
    })
    .await
}

pub async fn create(State(app): State<App>, caller: Caller, body: Body) -> Answer {
    let changes = fields::read(&PATIENTS, FIELDS, &body, Mode::Create)?;
    let confirmed = body.flag("confirm_duplicate");
    let (today, eyes) = (app.today(), eyes(&app, &caller));
    let shared = sentence(&app, &caller, "patients.email_shared");
    let view = app
        .write(&caller, move |tx| match service::register(tx, &changes, confirmed, today)? {
            Registered::New(id, shares_email) => {
                view(tx, id, eyes, &warnings(shares_email, &shared))
            }
            Registered::Known(known) => Err(conflict(tx, known, eyes)?),
        })
        .await
        .map_err(|error| fields::by_key(error, FIELDS))?;
    Ok(json(201, &view))
}

pub async fn show(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let eyes = eyes(&app, &caller);
    paging::answer_one(&app, service::absent, move |conn| {
        queries::find(conn, id, |row| Written::of(&PatientView::read(row, eyes)?))
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
    let changes = fields::read(&PATIENTS, FIELDS, &body, mode)?;
    let (today, eyes) = (app.today(), eyes(&app, &caller));
    let shared = sentence(&app, &caller, "patients.email_shared");
    let view = app
        .write(&caller, move |tx| {
            let shares_email = service::change(tx, id, &changes, eyes.clinical, today)?;
            view(tx, id, eyes, &warnings(shares_email, &shared))
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
    let eyes = eyes(&app, &caller);
    let view = app
        .write(&caller, move |tx| {
            service::restore(tx, id)?;
            view(tx, id, eyes, &[])
        })
        .await?;
    Ok(json(200, &view))
}

pub(super) fn eyes(app: &App, caller: &Caller) -> Eyes {
    Eyes { clinical: caller.can("clinical.view"), today: app.today() }
}

/// The patient as it is now, with what the one who registers should know.
fn view(tx: &mut Tx<'_>, id: i64, eyes: Eyes, warnings: &[String]) -> Result<Written> {
    let found = queries::find(tx, id, |row| {
        Written::of(&PatientView { warnings: warnings.to_vec(), ..PatientView::read(row, eyes)? })
    })?;
    found.ok_or_else(service::absent)
}

fn warnings(shares_email: bool, shared: &str) -> Vec<String> {
    shares_email.then(|| shared.to_owned()).into_iter().collect()
}

/// "Somebody is there already", with who it is.
fn conflict(tx: &mut Tx<'_>, known: Known, eyes: Eyes) -> Result<Error> {
    let written = |row: &Row<'_>| Written::of(&PatientView::read(row, eyes)?);
    let data = queries::find_any(tx, known.id, written)?;
    let data = serde_json::to_value(&data).map_err(|error| Error::failed("patient", error))?;
    let (code, key) = if known.is_deleted {
        ("restorable", "patients.deleted_duplicate")
    } else {
        ("duplicate", "patients.duplicate")
    };
    Ok(Refusal::conflict(code, Text::key(key))
        .with("data", data)
        .with("restorable", known.is_deleted)
        .into())
}
