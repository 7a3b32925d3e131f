//! Routes below `/api/patients`.

mod bodies;
mod diagnoses;
mod patients;
mod records;

use platform::http::{Access, BodyDoc, Route, Shape};

use super::model::{DIAGNOSES, MEDICAL_RECORDS, PATIENTS};
use bodies::{
    DIAGNOSIS_FIELDS, DiagnosisCountView, DiagnosisView, FIELDS, PatientView, RECORD_FIELDS,
    RecordRow, RecordView,
};

const VIEW: Access = Access::Permission("patients.view");
const ADD: Access = Access::Permission("patients.add");
const CHANGE: Access = Access::Permission("patients.change");
const DELETE: Access = Access::Permission("patients.delete");
const RESTORE: Access = Access::Permission("patients.restore");

const READ: Access = Access::Permission("clinical.view");
const WRITE: Access = Access::Permission("clinical.write");

const BODY: BodyDoc = BodyDoc::Fields(&PATIENTS, FIELDS);
const DIAGNOSIS: BodyDoc = BodyDoc::Fields(&DIAGNOSES, DIAGNOSIS_FIELDS);
const RECORD: BodyDoc = BodyDoc::Fields(&MEDICAL_RECORDS, RECORD_FIELDS);
const LIST: &[(&str, &str)] = &[
    ("search", "Beginnings of words of name, document or phone, in any order (also q)"),
    ("document_type", "Document type id"),
    ("region", "Region id"),
    ("province", "Province id"),
    ("district", "District id"),
    ("page", "Page, from 1"),
    ("per_page", "Rows on a page, at most 500; 20 unless given, 30 in a search (also page_size)"),
];

const PAGE: (&str, &str) = ("page", "Page, from 1");
const SIZE: (&str, &str) =
    ("page_size", "Rows on a page, at most 500; 10 unless given (also per_page)");
const RECORDS: &[(&str, &str)] = &[
    ("patient_id", "Patient id (also patient)"),
    ("diagnose_id", "Diagnosis id (also diagnose)"),
    ("status", "In this state"),
    ("date_from", "Diagnosed on this day or later"),
    ("date_to", "Diagnosed on this day or earlier"),
    ("search", "Beginnings of words of patient, document, diagnosis, code, symptoms or treatment"),
    PAGE,
    SIZE,
];

/// The route table.
pub fn routes() -> Vec<Route> {
    let mut routes = patient_routes();
    routes.extend(diagnosis_routes());
    routes.extend(record_routes());
    routes
}

fn diagnosis_routes() -> Vec<Route> {
    use diagnoses as handle;
    vec![
        Route::get("/diagnoses/", READ, handle::list)
            .summary("The catalogue of diagnoses by code")
            .query(&[("search", "Beginnings of words of code or name"), PAGE, SIZE])
            .answers::<DiagnosisView<'_>>(200, Shape::Page),
        Route::post("/diagnoses/", WRITE, handle::create)
            .summary("Add a diagnosis, or bring a deleted one of that code back (200, restored)")
            .body(DIAGNOSIS)
            .answers::<DiagnosisView<'_>>(201, Shape::One),
        Route::get("/diagnoses/search/", READ, handle::search)
            .summary("Diagnoses by the beginnings of words of code or name, at most 1,000")
            .query(&[("q", "What to look for; must be given (also search)")])
            .answers::<DiagnosisView<'_>>(200, Shape::List),
        Route::get("/diagnoses/{id}/", READ, handle::show)
            .summary("One diagnosis")
            .answers::<DiagnosisView<'_>>(200, Shape::One),
        Route::put("/diagnoses/{id}/", WRITE, handle::change)
            .summary("Change a diagnosis; what is absent stays")
            .body(DIAGNOSIS)
            .answers::<DiagnosisView<'_>>(200, Shape::One),
        Route::patch("/diagnoses/{id}/", WRITE, handle::change)
            .summary("Change a diagnosis; what is absent stays")
            .body(DIAGNOSIS)
            .answers::<DiagnosisView<'_>>(200, Shape::One),
        Route::delete("/diagnoses/{id}/", WRITE, handle::destroy)
            .summary("Take a diagnosis out of the catalogue; records keep it")
            .answers_nothing(204),
        Route::get("/diagnosis-statistics/", READ, handle::statistics)
            .summary("The ten diagnoses most often recorded")
            .answers::<DiagnosisCountView>(200, Shape::List),
    ]
}

fn record_routes() -> Vec<Route> {
    use records as handle;
    vec![
        Route::get("/medical-records/", READ, handle::list)
            .summary("Medical records, the latest diagnosis first")
            .query(RECORDS)
            .answers::<RecordRow<'_>>(200, Shape::Page),
        Route::post("/medical-records/", WRITE, handle::create)
            .summary("Write down a diagnosis of a patient; once a day for each diagnosis")
            .body(RECORD)
            .answers::<RecordView<'_>>(201, Shape::One),
        Route::get("/medical-records/{id}/", READ, handle::show)
            .summary("One medical record with its patient and diagnosis")
            .answers::<RecordView<'_>>(200, Shape::One),
        Route::put("/medical-records/{id}/", WRITE, handle::change)
            .summary("Change a medical record; what is absent stays")
            .body(RECORD)
            .answers::<RecordView<'_>>(200, Shape::One),
        Route::patch("/medical-records/{id}/", WRITE, handle::change)
            .summary("Change a medical record; what is absent stays")
            .body(RECORD)
            .answers::<RecordView<'_>>(200, Shape::One),
        Route::delete("/medical-records/{id}/", WRITE, handle::destroy)
            .summary("Remove a medical record")
            .answers_nothing(204),
        Route::get("/patients/{id}/medical-history/", READ, handle::of_patient)
            .summary("A patient's medical records, the latest diagnosis first")
            .query(&[PAGE, SIZE])
            .answers::<RecordRow<'_>>(200, Shape::Page),
    ]
}

fn patient_routes() -> Vec<Route> {
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
