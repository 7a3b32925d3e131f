//! Handlers of countries, regions, provinces and districts: all read alike.

use axum::extract::State;
use platform::app::App;
use platform::db::Value;
use platform::error::Refusal;
use platform::http::query::FAMILY_PLACES;
use platform::http::{Answer, Caller, Id, Query, Written, json, paging};
use serde_json::json as object;

use super::bodies::Listed;
use crate::locations::queries::lists::Asked;

pub async fn root(caller: Caller) -> Answer {
    let url = |name: &str| format!("{}/api/locations/{name}/", caller.base_url());
    Ok(json(
        200,
        &object!({
            "regions": url("regions"),
            "provinces": url("provinces"),
            "districts": url("districts"),
            "countries": url("countries"),
        }),
    ))
}

pub async fn list<P: Listed>(State(app): State<App>, caller: Caller, mut query: Query) -> Answer {
    let asked = asked::<P>(&mut query);
    let wanted = query.page(FAMILY_PLACES);
    query.finish()?;
    paging::answer(&app, &caller, query, move |conn, rows| {
        P::LIST.page(conn, &asked, wanted, |row| rows.push(&P::read_listed(row)?))
    })
    .await
}

pub async fn show<P: Listed>(State(app): State<App>, Id(id): Id, mut query: Query) -> Answer {
    let asked = asked::<P>(&mut query);
    query.finish()?;
    let absent = || Refusal::not_found("locations.not_found").into();
    paging::answer_one(&app, absent, move |conn| {
        P::LIST.find(conn, &asked, id, |row| Written::of(&P::read_listed(row)?))
    })
    .await
}

fn asked<P: Listed>(query: &mut Query) -> Asked {
    let mut narrowed = Vec::new();
    for narrowing in P::LIST.narrowings {
        let value = if narrowing.is_id {
            query.id(narrowing.parameter).map(Value::from)
        } else {
            query.text(narrowing.parameter).map(Value::from)
        };
        narrowed.extend(value.map(|value| (narrowing, value)));
    }
    Asked {
        narrowed,
        search: query.text("search").map(str::to_owned),
        ordering: query.text("ordering").map(str::to_owned),
    }
}
