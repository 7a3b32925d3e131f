//! Handlers of any catalogue.

use std::collections::BTreeMap;

use axum::extract::State;
use platform::app::App;
use platform::db::Tx;
use platform::error::Result;
use platform::http::{Answer, Body, Caller, Field, Id, Mode, fields, json};

use super::bodies::{DeletedView, Entry, MadeView};
use crate::configurations::catalogue::Catalogue;
use crate::configurations::queries::catalogues as queries;
use crate::configurations::service::catalogues as service;

/// A catalogue with the fields a client may send.
pub type Offered = (&'static Catalogue, &'static [Field]);

pub async fn list<E: Entry>((catalogue, _): Offered, State(app): State<App>) -> Answer {
    let rows = app.db().read(move |conn| Ok(queries::list(conn, catalogue, E::read)?)).await?;
    Ok(json(200, &BTreeMap::from([(catalogue.key, rows)])))
}

pub async fn create<E: Entry>(
    (catalogue, offered): Offered,
    State(app): State<App>,
    caller: Caller,
    body: Body,
) -> Answer {
    let changes = fields::read(catalogue.table, offered, &body, Mode::Create)?;
    let made: MadeView<E> = app
        .write(&caller, move |tx| {
            let made = service::create(tx, catalogue, &changes)?;
            Ok(MadeView { entry: view(tx, catalogue, made.id)?, restored: made.is_restored })
        })
        .await?;
    Ok(json(if made.restored { 200 } else { 201 }, &made))
}

/// PUT and PATCH alike: what is absent stays as it is.
pub async fn edit<E: Entry>(
    (catalogue, offered): Offered,
    State(app): State<App>,
    caller: Caller,
    Id(id): Id,
    body: Body,
) -> Answer {
    let changes = fields::read(catalogue.table, offered, &body, Mode::Patch)?;
    let view: E = app
        .write(&caller, move |tx| {
            service::update(tx, catalogue, id, &changes)?;
            view(tx, catalogue, id)
        })
        .await?;
    Ok(json(200, &view))
}

pub async fn destroy(
    (catalogue, _): Offered,
    State(app): State<App>,
    caller: Caller,
    Id(id): Id,
) -> Answer {
    app.write(&caller, move |tx| service::remove(tx, catalogue, id)).await?;
    Ok(json(200, &DeletedView { status: "deleted", id }))
}

fn view<E: Entry>(tx: &mut Tx<'_>, catalogue: &Catalogue, id: i64) -> Result<E> {
    queries::find(tx, catalogue, id, E::read)?.ok_or_else(|| service::absent(catalogue))
}
