//! A reception with somebody to book for.

use platform::acceptance::{Failure, Outcome, Reply, Site};
use platform::auth::random_hex;
use serde_json::{Value as Json, json};

use crate::PROGRAM;

pub(super) const LOGIN: &str = "/api/architect/auth/login/";
pub(super) const PATIENTS: &str = "/api/patients/patients/";
pub(super) const APPOINTMENTS: &str = "/api/appointments/appointments/";
pub(super) const TICKETS: &str = "/api/appointments/tickets/";

/// A logged-in administrator.
pub(super) struct Desk<'s> {
    site: &'s Site,
    pub(super) token: String,
}

impl<'s> Desk<'s> {
    pub(super) fn open(site: &'s Site) -> Outcome<Self> {
        let (email, password) = site.administrator()?;
        let body = json!({ "email": email, "password": password });
        let token = site.ask("POST", LOGIN, Some(body))?.is(200)?.text_at("/access")?;
        Ok(Self { site, token })
    }

    pub(super) fn get(&self, path: &str) -> Outcome<Reply> {
        self.site.ask_as(Some(&self.token), "GET", path, None)
    }

    pub(super) fn post(&self, path: &str, body: Json) -> Outcome<Reply> {
        self.site.ask_as(Some(&self.token), "POST", path, Some(body))
    }

    /// Countries and Peru's geography are there.
    pub(super) fn with_catalogues(&self) -> Outcome {
        let count = |desk: &Self| desk.get("/api/locations/regions/")?.is(200)?.number_at("/count");
        if count(self)? == 0 {
            self.site.app().write_blocking("test", true, PROGRAM.load_catalogues)?;
        }
        Ok(())
    }

    /// A new patient's id.
    pub(super) fn patient(&self, change: Json) -> Outcome<i64> {
        self.post(PATIENTS, patient_body(change)?)?.is(201)?.number_at("/id")
    }

    /// A new therapist's id.
    pub(super) fn therapist(&self) -> Outcome<i64> {
        self.with_catalogues()?;
        let district = self.get("/api/locations/districts/?page_size=1")?.is(200)?;
        let (id, province) =
            (district.number_at("/results/0/id")?, district.number_at("/results/0/province")?);
        let province_row = self.get(&format!("/api/locations/provinces/{province}/"))?.is(200)?;
        let types = self.get("/api/configurations/document_types/")?.is(200)?;
        let dni = types
            .json
            .as_object()
            .and_then(|object| object.values().find_map(Json::as_array))
            .and_then(|types| types.iter().find(|one| one.get("name") == Some(&json!("DNI"))))
            .and_then(|one| one.get("id"))
            .ok_or_else(|| Failure(format!("there is no document type DNI: {}", types.text)))?;
        let body = json!({
            "document_type_id": dni, "document_number": eight_digits()?, "first_name": "Ana",
            "last_name_paternal": "Quispe", "last_name_maternal": "Flores",
            "email": format!("{}@example.com", random_hex()?), "phone": "987654321",
            "region_id": province_row.number_at("/region")?, "province_id": province,
            "district_id": id,
        });
        self.post("/api/therapists/therapists/", body)?.is(201)?.number_at("/id")
    }

    /// A visit a week from today, with values changed or added.
    pub(super) fn visit(&self, change: Json) -> Outcome<Json> {
        let day = self.site.app().today() + chrono::Days::new(7);
        Ok(merged(
            json!({ "appointment_date": day.to_string(), "hour": "10:00", "payment": "50.00" }),
            change,
        ))
    }
}

/// A patient's body that is accepted, with values changed or added.
pub(super) fn patient_body(change: Json) -> Outcome<Json> {
    let body = json!({
        "document_number": eight_digits()?, "name": "José", "paternal_lastname": "Núñez",
        "maternal_lastname": "Rojas", "phone1": "987654321", "confirm_duplicate": true,
    });
    Ok(merged(body, change))
}

fn merged(mut body: Json, change: Json) -> Json {
    if let (Json::Object(body), Json::Object(change)) = (&mut body, change) {
        body.extend(change);
    }
    body
}

/// A number that nobody has yet, as good as certainly.
pub(super) fn eight_digits() -> Outcome<String> {
    let digits = random_hex()?;
    let number = digits.get(..12).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or(0);
    Ok(format!("{:08}", 10_000_000 + number % 89_999_999))
}
