//! Routes below `/api/therapists`.

mod bodies;
mod photos;
mod therapists;

use platform::http::{Access, BodyDoc, Route, Shape};

use super::model::THERAPISTS;
use bodies::{FIELDS, TherapistView};

const VIEW: Access = Access::Permission("therapists.view");
const ADD: Access = Access::Permission("therapists.add");
const CHANGE: Access = Access::Permission("therapists.change");
const DELETE: Access = Access::Permission("therapists.delete");
const RESTORE: Access = Access::Permission("therapists.restore");

const PICTURE: BodyDoc = BodyDoc::Files(&THERAPISTS, &[], &photos::NAMES);
const BODY: BodyDoc = BodyDoc::Fields(&THERAPISTS, FIELDS);

const LIST: &[(&str, &str)] = &[
    ("active", "true (default), false for the deleted, anything else for all"),
    ("region", "Region id"),
    ("province", "Province id"),
    ("district", "District id"),
    (
        "search",
        "Beginnings of words of name, document, phone, e-mail or address; also names of place and document type",
    ),
    ("page", "Page, from 1"),
    ("page_size", "Rows on a page, at most 500"),
];

/// The route table.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/", Access::Authenticated, therapists::root).summary("What this module offers"),
        Route::get("/therapists/", VIEW, therapists::list)
            .summary("Therapists by name")
            .query(LIST)
            .answers::<TherapistView<'_>>(200, Shape::Page),
        Route::get("/therapists/search/", VIEW, therapists::list)
            .summary("Therapists by name")
            .query(LIST)
            .answers::<TherapistView<'_>>(200, Shape::Page),
        Route::get("/therapists/inactive/", VIEW, therapists::inactive)
            .summary("Deleted therapists")
            .query(LIST)
            .answers::<TherapistView<'_>>(200, Shape::Page),
        Route::post("/therapists/", ADD, therapists::create)
            .summary("Take a therapist on")
            .body(BODY)
            .answers::<TherapistView<'_>>(201, Shape::One),
        Route::get("/therapists/{id}/", VIEW, therapists::show)
            .summary("One therapist")
            .answers::<TherapistView<'_>>(200, Shape::One),
        Route::put("/therapists/{id}/", CHANGE, therapists::replace)
            .summary("Replace a therapist's data")
            .body(BODY)
            .answers::<TherapistView<'_>>(200, Shape::One),
        Route::patch("/therapists/{id}/", CHANGE, therapists::patch)
            .summary("Change a therapist's data")
            .body(BODY)
            .answers::<TherapistView<'_>>(200, Shape::One),
        Route::delete("/therapists/{id}/", DELETE, therapists::destroy)
            .summary("Let a therapist go")
            .answers_nothing(204),
        Route::post("/therapists/{id}/photo/", CHANGE, photos::set)
            .summary("Give a therapist a picture: JPG, PNG or WebP, at most 8 MB, as the file profile_picture")
            .body(PICTURE)
            .answers::<TherapistView<'_>>(200, Shape::One),
        Route::put("/therapists/{id}/photo/", CHANGE, photos::set)
            .summary("Replace a therapist's picture")
            .body(PICTURE)
            .answers::<TherapistView<'_>>(200, Shape::One),
        Route::delete("/therapists/{id}/photo/", CHANGE, photos::destroy)
            .summary("Take a therapist's picture away")
            .answers::<TherapistView<'_>>(200, Shape::One),
        Route::post("/therapists/{id}/restore/", RESTORE, therapists::restore)
            .summary("Take a therapist back")
            .answers::<TherapistView<'_>>(200, Shape::One),
        Route::patch("/therapists/{id}/restore/", RESTORE, therapists::restore)
            .summary("Take a therapist back")
            .answers::<TherapistView<'_>>(200, Shape::One),
    ]
}
