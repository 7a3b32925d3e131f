//! Handlers of company data.

use axum::extract::State;
use platform::app::App;
use platform::db::{Changes, Conn, DbResult};
use platform::error::{Error, FieldError, Refusal, Result};
use platform::http::Written;
use platform::http::stream::CAP;
use platform::http::{
    Answer, Body, Caller, Form, Id, Mode, Query, fields, json, paging, sentence, upload,
};
use platform::i18n::Text;
use platform::storage::Stored;
use serde_json::{Value as Json, json as object};

use super::bodies::{CompanyView, DeletedView, FIELDS, Success};
use super::logos::{NAMES, RULES};
use crate::company::LOGOS;
use crate::company::model::COMPANIES;
use crate::company::queries::companies as queries;
use crate::company::service::companies::{self as service, Logo};

pub async fn root(caller: Caller) -> Answer {
    let company = format!("{}/api/company/company/", caller.base_url());
    Ok(json(200, &object!({ "company": company })))
}

pub async fn list(State(app): State<App>, caller: Caller, query: Query) -> Answer {
    let rows = app
        .db()
        .read(move |conn| {
            let read = |row: &platform::db::Row<'_>| CompanyView::read(row, caller.base_url());
            Ok(queries::list(conn, query.text("ordering"), CAP, read)?)
        })
        .await?;
    Ok(json(200, &Success::of(rows)))
}

pub async fn show(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    paging::answer_one(&app, service::absent, move |conn| {
        queries::find(conn, id, |row| Written::of(&CompanyView::read(row, caller.base_url())?))
    })
    .await
}

pub async fn show_wrapped(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    paging::answer_one(&app, service::absent, move |conn| {
        queries::find(conn, id, |row| {
            Written::of(&Success::of(CompanyView::read(row, caller.base_url())?))
        })
    })
    .await
}

pub async fn create(State(app): State<App>, caller: Caller, form: Form) -> Answer {
    add(&app, &caller, form, 201).await
}

/// Changes the company whose id the body has, else adds one; 200 either way.
pub async fn store(State(app): State<App>, caller: Caller, form: Form) -> Answer {
    let id = match form.body.0.get("id") {
        None | Some(Json::Null) => None,
        Some(Json::String(text)) if text.trim().is_empty() => None,
        Some(Json::String(text)) => Some(text.trim().parse::<i64>().ok()),
        Some(value) => Some(value.as_i64()),
    };
    let unknown = || -> Error {
        Refusal::field("id", "does_not_exist", Text::key("company.not_found")).into()
    };
    let Some(id) = id else { return add(&app, &caller, form, 200).await };
    let id = id.ok_or_else(unknown)?;
    let is_known = app.db().read(move |conn| Ok(queries::find(conn, id, |_| Ok(()))?)).await?;
    is_known.ok_or_else(unknown)?;
    change_it(&app, &caller, id, form).await
}

pub async fn change(State(app): State<App>, caller: Caller, Id(id): Id, form: Form) -> Answer {
    change_it(&app, &caller, id, form).await
}

pub async fn destroy(State(app): State<App>, caller: Caller, Id(id): Id) -> Answer {
    let uploads = app.config().files.media_root.clone();
    app.write(&caller, move |tx| service::remove(tx, id, &uploads)).await?;
    let message = sentence(&app, &caller, "company.deleted");
    Ok(json(200, &DeletedView { status: "success", message }))
}

async fn add(app: &App, caller: &Caller, mut form: Form, status: u16) -> Answer {
    let changes = read(&form.body)?;
    let (logo, stored) = match sent(app, caller, &mut form).await? {
        Sent::Nothing | Sent::Null => (Logo::Stays, None),
        Sent::Unfit(complaint) => return Err(Refusal::fields(vec![complaint]).into()),
        Sent::Stored(stored) => (Logo::Is(stored.relative()), Some(stored)),
    };
    let base = caller.base_url().to_owned();
    let outcome = app
        .write(caller, move |tx| {
            let id = service::create(tx, &changes, &logo)?;
            view(tx, id, &base)?.ok_or_else(service::absent)
        })
        .await;
    Ok(json(status, &settled(stored, outcome)?))
}

async fn change_it(app: &App, caller: &Caller, id: i64, mut form: Form) -> Answer {
    let changes = read(&form.body)?;
    let mut warning = None;
    let (logo, stored) = match sent(app, caller, &mut form).await? {
        Sent::Nothing => (Logo::Stays, None),
        Sent::Null => (Logo::Goes, None),
        Sent::Unfit(complaint) => {
            warning = Some(complaint.message.speak(app.program().texts, caller.lang()));
            (Logo::Stays, None)
        }
        Sent::Stored(stored) => (Logo::Is(stored.relative()), Some(stored)),
    };
    let (base, uploads) = (caller.base_url().to_owned(), app.config().files.media_root.clone());
    let outcome = app
        .write(caller, move |tx| {
            service::change(tx, id, &changes, &logo, &uploads)?;
            view(tx, id, &base)?.ok_or_else(service::absent)
        })
        .await;
    Ok(json(200, &CompanyView { warning, ..settled(stored, outcome)? }))
}

/// The file just stored stays if the row that names it was written.
pub(super) fn settled<T>(stored: Option<Stored>, outcome: Result<T>) -> Result<T> {
    match stored {
        Some(stored) => stored.keep_if(outcome),
        None => outcome,
    }
}

fn read(body: &Body) -> Result<Changes> {
    fields::read(&COMPANIES, FIELDS, body, Mode::Create)
}

/// What was sent as a logo.
enum Sent {
    Nothing,
    Null,
    Unfit(FieldError),
    Stored(Stored),
}

async fn sent(app: &App, caller: &Caller, form: &mut Form) -> Result<Sent> {
    if let Some(file) = form.take_file(&NAMES) {
        return Ok(match file.picture(RULES).await? {
            Ok(picture) => Sent::Stored(upload::store(app, &LOGOS, None, picture).await?),
            Err(complaint) => Sent::Unfit(complaint),
        });
    }
    Ok(match form.body.0.get("company_logo") {
        None => Sent::Nothing,
        Some(Json::Null) => Sent::Null,
        Some(Json::String(text)) if is_own_or_blank(text.trim(), caller.base_url()) => {
            Sent::Nothing
        }
        Some(_) => Sent::Unfit(FieldError {
            field: "company_logo".into(),
            code: "invalid",
            message: Text::key("error.not_a_file"),
        }),
    })
}

/// A form that shows the logo's address sends it back; a form without a file sends nothing.
fn is_own_or_blank(text: &str, base: &str) -> bool {
    text.is_empty() || LOGOS.name_in(text.strip_prefix(base).unwrap_or(text)).is_some()
}

fn view(conn: &mut Conn, id: i64, base: &str) -> DbResult<Option<CompanyView>> {
    queries::find(conn, id, |row| CompanyView::read(row, base))
}
