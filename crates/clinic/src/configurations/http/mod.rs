//! Routes below `/api/configurations`.

pub mod bodies;
mod catalogues;
mod histories;

use axum::extract::State;
use platform::app::App;
use platform::http::{Access, Body, BodyDoc, Caller, Id, Route, Shape};
use utoipa::ToSchema;

use super::catalogue::{DOCUMENT_TYPE, PAYMENT_STATUS, PAYMENT_TYPE, PRICE};
use super::model::HISTORIES;
use bodies::{
    DeletedView, Entry, HISTORY_FIELDS, HistoryDone, HistoryRow, HistoryView, NameView,
    PATIENT_FIELDS, PaymentStatusView, PriceView,
};
use catalogues::Offered;

const VIEW: Access = Access::Permission("configurations.view");
const MANAGE: Access = Access::Permission("configurations.manage");
// Histories are clinical content, whatever their address says.
const READ: Access = Access::Permission("clinical.view");
const WRITE: Access = Access::Permission("clinical.write");

const HISTORY: BodyDoc = BodyDoc::Fields(&HISTORIES, HISTORY_FIELDS);

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
    let mut routes = history_routes();
    routes.extend(of::<NameView>((&DOCUMENT_TYPE, bodies::NAME), paths!("document_types")));
    routes.extend(of::<NameView>((&PAYMENT_TYPE, bodies::NAME), paths!("payment_types")));
    routes.extend(of::<PaymentStatusView>(
        (&PAYMENT_STATUS, bodies::STATUS),
        paths!("payment_statuses"),
    ));
    routes.extend(of::<PriceView>((&PRICE, bodies::PRICE), paths!("predetermined_prices")));
    routes
}

fn history_routes() -> Vec<Route> {
    use histories as handle;
    vec![
        Route::get("/histories/", READ, handle::list)
            .summary("Patients' histories, the newest first: pages when a page is asked for, else at most 1,000")
            .query(&[
                ("patient", "Patient id (also patient_id)"),
                ("search", "Beginnings of words of the patient's name, document or phone"),
                ("page", "Page, from 1"),
                ("page_size", "Rows on a page, at most 500 (also per_page)"),
            ])
            .answers::<HistoryRow>(200, Shape::KeyedList("histories")),
        Route::post("/histories/create/", WRITE, handle::create)
            .summary("Open a patient's history; a patient has one")
            .body(BodyDoc::Fields(&HISTORIES, PATIENT_FIELDS))
            .answers::<HistoryRow>(201, Shape::One),
        Route::get("/histories/{id}/", READ, handle::show)
            .summary("One history; the private observation for those who may see it")
            .answers::<HistoryView<'_>>(200, Shape::One),
        Route::put("/histories/{id}/update/", WRITE, handle::update)
            .summary("Change a history; what is absent stays")
            .body(HISTORY)
            .answers::<HistoryDone>(200, Shape::One),
        Route::patch("/histories/{id}/update/", WRITE, handle::update)
            .summary("Change a history; what is absent stays")
            .body(HISTORY)
            .answers::<HistoryDone>(200, Shape::One),
        Route::post("/histories/{id}/delete/", WRITE, handle::destroy)
            .summary("Close a history; appointments keep it")
            .answers::<DeletedView>(200, Shape::One),
        Route::post("/histories/{id}/restore/", WRITE, handle::restore)
            .summary("Bring a closed history back")
            .answers::<HistoryDone>(200, Shape::One),
    ]
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
