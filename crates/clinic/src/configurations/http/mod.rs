//! Routes below `/api/configurations`.

pub mod bodies;
mod catalogues;

use axum::extract::State;
use platform::app::App;
use platform::http::{Access, Body, BodyDoc, Caller, Id, Route, Shape};
use utoipa::ToSchema;

use super::catalogue::{DOCUMENT_TYPE, PAYMENT_STATUS, PAYMENT_TYPE, PRICE};
use bodies::{DeletedView, Entry, NameView, PaymentStatusView, PriceView};
use catalogues::Offered;

const VIEW: Access = Access::Permission("configurations.view");
const MANAGE: Access = Access::Permission("configurations.manage");

/// The four paths of a catalogue: list, create, edit, delete.
macro_rules! paths {
    ($key:literal) => {
        [
            concat!("/", $key, "/"),
            concat!("/", $key, "/create/"),
            concat!("/", $key, "/{id}/edit/"),
            concat!("/", $key, "/{id}/delete/"),
        ]
    };
}

/// The route table.
pub fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(of::<NameView>((&DOCUMENT_TYPE, bodies::NAME), paths!("document_types")));
    routes.extend(of::<NameView>((&PAYMENT_TYPE, bodies::NAME), paths!("payment_types")));
    routes.extend(of::<PaymentStatusView>(
        (&PAYMENT_STATUS, bodies::STATUS),
        paths!("payment_statuses"),
    ));
    routes.extend(of::<PriceView>((&PRICE, bodies::PRICE), paths!("predetermined_prices")));
    routes
}

fn of<E: Entry + ToSchema>(offered: Offered, paths: [&'static str; 4]) -> [Route; 5] {
    let (catalogue, fields) = offered;
    let [list, create, edit, delete] = paths;
    let body = BodyDoc::Fields(catalogue.table, fields);
    let change = move |app: State<App>, caller: Caller, id: Id, body: Body| {
        catalogues::edit::<E>(offered, app, caller, id, body)
    };
    [
        Route::get(list, VIEW, move |app: State<App>| catalogues::list::<E>(offered, app))
            .summary("The catalogue by name")
            .answers::<E>(200, Shape::KeyedList(catalogue.key)),
        Route::post(create, MANAGE, move |app: State<App>, caller: Caller, body: Body| {
            catalogues::create::<E>(offered, app, caller, body)
        })
        .summary("Add an entry, or bring a deleted one of that name back (200, restored)")
        .body(body)
        .answers::<E>(201, Shape::One),
        Route::put(edit, MANAGE, change)
            .summary("Change an entry; what is absent stays")
            .body(body)
            .answers::<E>(200, Shape::One),
        Route::patch(edit, MANAGE, change)
            .summary("Change an entry; what is absent stays")
            .body(body)
            .answers::<E>(200, Shape::One),
        Route::delete(delete, MANAGE, move |app: State<App>, caller: Caller, id: Id| {
            catalogues::destroy(offered, app, caller, id)
        })
        .summary("Take an entry off the list; what refers to it keeps it")
        .answers::<DeletedView>(200, Shape::One),
    ]
}
