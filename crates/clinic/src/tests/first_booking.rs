//! A receptionist's first booking, from the installed program to the ticket: the walk of docs/ARCHITECTURE.md.

use serde_json::json;

use super::builders::{app, place};
use crate::architect::model::USER_ROLES;
use crate::profiles::{self, NewUser};

#[test]
fn a_receptionist_books_the_first_visit_and_charges_it() {
    let app = app();
    let lima = place(&app, "Lima");
    let receptionist = app.write(|tx| {
        let user = NewUser {
            email: "recepcion@example.com".into(),
            user_name: "recepcion".into(),
            password_hash: "!".into(),
            ..NewUser::default()
        };
        let id = profiles::create_user(tx, &user)?;
        // 2 is the built-in role Recepcionista.
        tx.insert(
            &USER_ROLES,
            platform::db::Changes::new().with("user_id", id).with("role_id", 2_i64),
        )?;
        Ok(id)
    });
    let dni = super::builders::document_type(&app, "DNI");
    let therapist = app.superuser().post("/api/therapists/therapists/", json!({
        "document_type_id": dni, "document_number": "40404040", "first_name": "Ana", "last_name_paternal": "Quispe",
        "last_name_maternal": "Flores", "email": "ana@example.com", "region_id": lima.region,
        "province_id": lima.province, "district_id": lima.district,
    })).is(201).id();

    let desk = app.client_of(receptionist);
    desk.post("/api/therapists/therapists/", json!({})).is(403);
    let patient = desk.post("/api/patients/patients/", json!({
        "document_type_id": dni, "document_number": "45678901", "name": "José", "paternal_lastname": "Pérez",
        "maternal_lastname": "Rojas", "phone1": "987654321",
    })).is(201).id();
    let found = desk.get("/api/patients/patients/search/?q=perez%20jose").is(200);
    assert_eq!(found.results()[0]["id"], patient);
    let booked = desk.post("/api/appointments/appointments/", json!({
        "patient": patient, "therapist": therapist, "appointment_date": "2026-03-02", "hour": "11:00", "payment": "60.00",
    })).is(201);
    let ticket =
        desk.get("/api/appointments/tickets/by_ticket_number/?ticket_number=TKT-001").is(200);
    assert_eq!(booked["ticket_number"], ticket["ticket_number"]);
    let paid = desk
        .post(&format!("/api/appointments/tickets/{}/mark_as_paid/", ticket.id()), json!({}))
        .is(200);
    assert_eq!(paid["ticket"]["amount"], "60.00");
    desk.delete(&format!("/api/patients/patients/{patient}/")).is(403);
    // Who did what stands in the history, under the receptionist's number.
    let written = app.read(move |conn| {
        let sql = "SELECT COUNT(*) FROM history WHERE actor_id = ? AND table_name IN ('patients', 'appointments', 'tickets')";
        Ok(conn.one::<i64>(sql, &platform::params![receptionist])?)
    });
    assert_eq!(written, 4, "registered, booked, ticket issued, ticket paid");
}
