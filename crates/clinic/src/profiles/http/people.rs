//! Handlers that find other people.

use axum::extract::{Path, State};
use platform::app::App;
use platform::error::{Error, Refusal};
use platform::http::query::FAMILY_A;
use platform::http::{Answer, Caller, Query, Written, paging};

use super::bodies::{MeView, PublicProfileView};
use crate::profiles::queries::profiles::{self as queries, Sought};

pub async fn users(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let name = query.text("q").or_else(|| query.text("search")).map(str::to_owned);
    let sought = Sought { name, ..Sought::default() };
    let wanted = query.page(FAMILY_A);
    query.finish()?;
    paging::answer(&app, &caller, query, move |conn, rows| {
        queries::search(conn, &sought, wanted, |row| rows.push(&MeView::read(row)?))
    })
    .await
}

pub async fn profiles(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let text = |name| query.text(name).map(str::to_owned);
    let sought = Sought {
        name: text("name").or_else(|| text("search")).or_else(|| text("q")),
        sex: text("sex"),
        country: text("country"),
    };
    let wanted = query.page(FAMILY_A);
    query.finish()?;
    paging::answer(&app, &caller, query, move |conn, rows| {
        queries::search(conn, &sought, wanted, |row| rows.push(&PublicProfileView::read(row)?))
    })
    .await
}

pub async fn public(State(app): State<App>, Path(user_name): Path<String>) -> Answer {
    let absent: fn() -> Error = || Refusal::not_found("profiles.not_found").into();
    paging::answer_one(&app, absent, move |conn| {
        queries::find_public(conn, &user_name, |row| Written::of(&PublicProfileView::read(row)?))
    })
    .await
}
