//! A clinic with somebody to book for, and a visit in one line.

use platform::db::{Changes, Value};
use serde_json::{Value as Json, json};
use testkit::{Client, Reply, TestApp};

use crate::patients::model::PATIENTS;
use crate::tests::builders::app;
use crate::therapists::tests::builders::therapist;

pub(crate) const PATH: &str = "/api/appointments/appointments/";

/// A program with two patients and two therapists.
pub(crate) struct Desk {
    pub(crate) app: TestApp,
    pub(crate) patient: i64,
    pub(crate) other_patient: i64,
    pub(crate) therapist: i64,
    pub(crate) other_therapist: i64,
}

impl Desk {
    pub(crate) fn open() -> Self {
        let app = app();
        let patient = patient(&app, "40000001", "Rosa", "Mamani");
        let other_patient = patient_named(&app);
        let (first, second) = (therapist(&app, "12345678"), therapist(&app, "12345679"));
        Self { app, patient, other_patient, therapist: first, other_therapist: second }
    }

    pub(crate) fn admin(&self) -> Client<'_> {
        self.app.superuser()
    }

    /// A body that is accepted: tomorrow at 10:00 with the first patient and therapist.
    pub(crate) fn body(&self, change: Json) -> Json {
        let mut body = json!({
            "patient": self.patient,
            "therapist": self.therapist,
            "appointment_date": "2026-03-03",
            "hour": "10:00",
            "payment": "50.00",
            "ailments": "Dolor lumbar",
        });
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        body
    }

    /// Books it.
    pub(crate) fn book(&self, change: Json) -> Reply {
        self.admin().post(PATH, self.body(change)).is(201)
    }

    /// Books it and returns the appointment's id.
    pub(crate) fn booked(&self, change: Json) -> i64 {
        self.book(change)["appointment"]["id"].as_i64().unwrap()
    }

    /// The ticket of an appointment, as the list shows it.
    pub(crate) fn ticket(&self, appointment: i64) -> Json {
        let path = format!("/api/appointments/tickets/?appointment={appointment}");
        self.admin().get(&path).is(200).results()[0].clone()
    }
}

/// A patient straight into the table: only appointments are tested here.
pub(crate) fn patient(
    app: &TestApp,
    document: &'static str,
    name: &'static str,
    surname: &'static str,
) -> i64 {
    app.write(move |tx| {
        let row = Changes::new()
            .with("document_number", document)
            .with("name", name)
            .with("last_name_paternal", surname)
            .with("last_name_maternal", Value::Null)
            .with("document_type_key", 0_i64);
        tx.insert(&PATIENTS, row)
    })
}

fn patient_named(app: &TestApp) -> i64 {
    patient(app, "40000002", "José", "Núñez")
}

pub(crate) fn path(id: i64) -> String {
    format!("{PATH}{id}/")
}
