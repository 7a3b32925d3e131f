//! Routes below `/api/patients`.

mod bodies;
mod patients;

use platform::http::{Access, BodyDoc, Route, Shape};

use super::model::PATIENTS;
use bodies::{FIELDS, PatientView};

const VIEW: Access = Access::Permission("patients.view");
const ADD: Access = Access::Permission("patients.add");
const CHANGE: Access = Access::Permission("patients.change");
const DELETE: Access = Access::Permission("patients.delete");
const RESTORE: Access = Access::Permission("patients.restore");

const BODY: BodyDoc = BodyDoc::Fields(&PATIENTS, FIELDS);
const LIST: &[(&str, &str)] = &[
    ("search", "Beginnings of words of name, document or phone, in any order (also q)"),
    ("document_type", "Document type id"),
    ("region", "Region id"),
    ("province", "Province id"),
    ("district", "District id"),
    ("page", "Page, from 1"),
    ("per_page", "Rows on a page, at most 500; 20 unless given, 30 in a search (also page_size)"),
];

/// The route table.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/patients/", VIEW, patients::list)
            .summary("Patients, the newest first: pages when a page is asked for, else a bare list of at most 1,000 in short form")
            .query(LIST)
            .answers::<PatientView<'_>>(200, Shape::Page),
        Route::post("/patients/", ADD, patients::create)
            .summary("Register a patient; somebody of the same name and birth date is a conflict unless confirm_duplicate is true")
            .body(BODY)
            .answers::<PatientView<'_>>(201, Shape::One),
        Route::get("/patients/search/", VIEW, patients::search)
            .summary("Patients by the beginnings of name, surname, document or phone, in any order")
            .query(LIST)
            .answers::<PatientView<'_>>(200, Shape::Page),
        Route::get("/patients/{id}/", VIEW, patients::show)
            .summary("One patient")
            .answers::<PatientView<'_>>(200, Shape::One),
        Route::put("/patients/{id}/", CHANGE, patients::replace)
            .summary("Replace a patient's data")
            .body(BODY)
            .answers::<PatientView<'_>>(200, Shape::One),
        Route::patch("/patients/{id}/", CHANGE, patients::patch)
            .summary("Change a patient's data")
            .body(BODY)
            .answers::<PatientView<'_>>(200, Shape::One),
        Route::delete("/patients/{id}/", DELETE, patients::destroy)
            .summary("Remove a patient from the lists")
            .answers_nothing(204),
        Route::post("/patients/{id}/restore/", RESTORE, patients::restore)
            .summary("Bring a removed patient back")
            .answers::<PatientView<'_>>(200, Shape::One),
    ]
}
